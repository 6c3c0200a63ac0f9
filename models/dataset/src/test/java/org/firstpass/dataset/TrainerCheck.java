package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/**
 * What a trainer's own code says of exported files. Its package is large and not to be had
 * everywhere: where the Python of the path lacks it, the test is skipped and says so.
 */
final class TrainerCheck {
  private TrainerCheck() {}

  /** The lines that it prints; fails if it fails. */
  static List<String> run(String module, String script, Path folder, Path subject)
      throws IOException, InterruptedException {
    if (python("-c", "import " + module).status() != 0) {
      System.err.println("NOT TRIED: " + script + " needs a python3 with " + module);
      Assumptions.abort("python3 has no " + module);
    }
    Path copy = folder.resolve(script);
    try (var resource = TrainerCheck.class.getResourceAsStream("/" + script)) {
      Files.write(copy, Objects.requireNonNull(resource).readAllBytes());
    }
    Answer answer = python(copy.toString(), subject.toString());
    assertEquals(0, answer.status(), answer.said());
    return answer.said().lines().toList();
  }

  private record Answer(int status, String said) {}

  private static Answer python(String... words) throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("env", "python3"));
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), said);
  }
}
