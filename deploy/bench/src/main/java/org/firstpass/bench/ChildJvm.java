package org.firstpass.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A program of this module in a process of its own, whose memory is its alone. */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * Runs it to its end.
   *
   * @param options of the virtual machine
   * @param lines takes what it prints, line by line
   * @throws IOException if it ends with anything but 0
   */
  static void run(
      Class<?> program, List<String> options, List<String> arguments, Consumer<String> lines)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dai.djl.offline=true");
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    } finally {
      if (process.isAlive() && Thread.currentThread().isInterrupted()) {
        process.destroy();
      }
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(program.getSimpleName() + " ended with " + status);
    }
  }
}
