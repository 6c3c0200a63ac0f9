package org.firstpass.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.LeftBehind;

/** A command in a process of its own, as a user starts it, that can be killed. */
final class FirstpassProcess implements AutoCloseable {
  private static final Duration END_PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final Path log;

  private FirstpassProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a command; what it prints and logs is appended to a file. */
  static FirstpassProcess start(Path log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Djava.awt.headless=true",
                "-Dfirstpass.packages=" + Repository.packages(),
                "-cp",
                System.getProperty("java.class.path"),
                Firstpass.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("FIRSTPASS_"));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var started = new FirstpassProcess(builder.start(), log);
    LeftBehind.watch();
    return started;
  }

  /** Returns as soon as the condition holds, and fails as soon as the process ended without it. */
  void await(String what, Duration patience, java.util.function.BooleanSupplier condition) {
    Deadline.await(
        what,
        patience,
        () -> {
          if (condition.getAsBoolean()) {
            return true;
          }
          if (!process.isAlive()) {
            throw new AssertionError(what + ": ended with " + process.exitValue() + "\n" + log());
          }
          return false;
        });
  }

  /** What a pattern's group caught in what was printed so far. */
  Optional<String> printed(Pattern pattern) {
    Matcher matcher = pattern.matcher(log());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As with kill -9: nothing is put away. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As with Ctrl-C; returns the exit status. */
  int end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("it did not end within " + END_PATIENCE + "\n" + log());
    }
    return process.exitValue();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      end();
    }
  }
}
