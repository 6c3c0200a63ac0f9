package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A program that was not written here: DCMTK, dicom3tools, Python. */
public final class DebianTool {
  private final String name;

  private DebianTool(String name) {
    this.name = name;
  }

  /** Skips the test if the program is missing; fails it where programs are required. */
  public static DebianTool require(String name) {
    boolean present =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (!present && "true".equals(System.getenv("FIRSTPASS_REQUIRE_TOOLS"))) {
      fail("the program " + name + " is required and missing");
    }
    Assumptions.assumeTrue(present, "the program " + name + " is not installed");
    return new DebianTool(name);
  }

  public Result run(Object... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), text);
    }
  }

  Process start(Object... arguments) throws IOException {
    return builder(arguments).start();
  }

  /** Starts it where nobody reads what it says. */
  Process startUnheard(Object... arguments) throws IOException {
    return builder(arguments).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private ProcessBuilder builder(Object... arguments) {
    List<String> command = new ArrayList<>(List.of(name));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  public record Result(int status, String output) {
    public List<String> linesStartingWith(String prefix) {
      return output.lines().filter(line -> line.startsWith(prefix)).toList();
    }
  }
}
