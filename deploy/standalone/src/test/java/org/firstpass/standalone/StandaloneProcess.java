package org.firstpass.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.firstpass.testing.Deadline;

/** The standalone as a user starts it, in a process of its own that can be killed. */
final class StandaloneProcess implements AutoCloseable {
  private final Process process;
  private final Path state;

  private StandaloneProcess(Process process, Path state) {
    this.process = process;
    this.state = state;
  }

  /** Starts it and waits until it is up. */
  static StandaloneProcess start(Path state, String... options) throws IOException {
    StateFolder folder = StateFolder.at(state);
    Files.deleteIfExists(folder.running());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dai.djl.offline=true",
                "-Dfirstpass.packages=" + Repository.root().resolve("models/packages"),
                "-cp",
                System.getProperty("java.class.path"),
                Firstpass.class.getName(),
                "up",
                "--state",
                state.toString(),
                "--http-port",
                "0",
                "--dicom-port",
                "0"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(state.resolve("log").toFile()))
            .start();
    var standalone = new StandaloneProcess(process, state);
    Deadline.await(
        "the standalone is up",
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(
                "it ended with " + process.exitValue() + standalone.log());
          }
          return Files.exists(folder.running());
        });
    return standalone;
  }

  Running running() {
    return Running.read(state.resolve("running.properties"));
  }

  /** As with kill -9: nothing is put away. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As with Ctrl-C; returns the exit status. */
  int end() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  String log() {
    try {
      return "\n" + Files.readString(state.resolve("log"));
    } catch (IOException e) {
      return "\n(no log)";
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      end();
    }
  }
}
