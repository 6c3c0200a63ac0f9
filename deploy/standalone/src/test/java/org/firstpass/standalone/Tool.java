package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of somebody else that tests hold us against. */
final class Tool {
  private static final boolean REQUIRED =
      Boolean.parseBoolean(System.getenv("FIRSTPASS_REQUIRE_TOOLS"));

  private Tool() {}

  /** What it said on both streams, and its exit status. */
  record Answer(int status, List<String> lines) {
    List<String> startingWith(String start) {
      return lines.stream().filter(line -> line.strip().startsWith(start)).toList();
    }
  }

  /** Skips the test where the tool is missing, or fails where tools are required. */
  static void require(String name) {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    if (REQUIRED) {
      assertTrue(found, name + " is not installed, but FIRSTPASS_REQUIRE_TOOLS is set");
    }
    Assumptions.assumeTrue(found, name + " is not installed");
  }

  /**
   * A Python that has a module: that of the path, or Debian's. Empty, and said so, where there is
   * none; fails where tools are required.
   */
  static Optional<String> pythonWith(String module) throws IOException, InterruptedException {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      Process process =
          new ProcessBuilder("env", python, "-c", "import " + module)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() == 0) {
        return Optional.of(python);
      }
    }
    assertFalse(REQUIRED, "no Python has " + module + ", but FIRSTPASS_REQUIRE_TOOLS is set");
    System.err.println("NOT TRIED: no Python here has " + module);
    return Optional.empty();
  }

  static Answer run(List<String> command) throws IOException, InterruptedException {
    require(command.get(0));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    return new Answer(process.waitFor(), said.lines().toList());
  }
}
