package org.firstpass.inference;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.failure.Defect;
import org.firstpass.model.NpyArray;

/** Things that need a JVM of their own, because they are decided when it starts. */
final class ForkedCheck {
  private ForkedCheck() {}

  /** Prints the code and message of the defect that a check ends with. */
  public static void main(String[] arguments) {
    try {
      if (arguments[0].equals("device")) {
        DeviceSelection.choose(ExecutionSettings.cpu(1));
      } else {
        try (NetworkSession session = NetworkSession.open(Path.of(arguments[1]), 1, false)) {
          int edge = 2048;
          var large = new NpyArray(List.of(1, 1, 1, edge, edge), new float[edge * edge]);
          GraphAnswer.of(session, "image", large, List.of("logits"));
        }
      }
      System.out.println("nothing was refused");
    } catch (Defect e) {
      System.out.println(e.code() + " " + e.getMessage());
    }
  }

  /** What a JVM with these options says. */
  static String run(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ForkedCheck.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
