package org.firstpass.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs of other projects that stand on the search path. */
final class Program {
  private Program() {}

  static boolean exists(String name) {
    return Stream.of(
            Objects.requireNonNullElse(System.getenv("PATH"), "")
                .split(Pattern.quote(File.pathSeparator), -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  static Process start(List<String> command, Path log) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // Without it DCMTK, and with it Orthanc, waits 40 ms per instance for a delayed TCP answer.
    builder.environment().put("TCP_NODELAY", "1");
    return builder.start();
  }

  /** Runs a program to its end and answers what it printed. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " ended with " + process.exitValue() + ": " + output);
    }
    return output;
  }

  /** Runs one of this module's scripts in Python. */
  static String python(String script, Object... arguments)
      throws IOException, InterruptedException {
    Path file = Machine.root().resolve("deploy/bench/peers").resolve(script);
    String[] command =
        Stream.concat(
                Stream.of("python3", file.toString()), Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new);
    return run(command);
  }

  /** Whether Python has these modules. */
  static boolean pythonHas(String... modules) throws InterruptedException {
    if (!exists("python3")) {
      return false;
    }
    try {
      run("python3", "-c", "import " + String.join(",", modules));
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  static void end(Process process) throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
