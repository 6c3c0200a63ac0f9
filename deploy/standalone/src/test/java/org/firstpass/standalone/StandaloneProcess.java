package org.firstpass.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.testing.LeftBehind;

/** {@code firstpass up} in a process of its own, and a way in to what it stands on. */
final class StandaloneProcess implements AutoCloseable {
  /** Also after a kill, when broker and database replay their logs. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(3);

  private static final Pattern PASSWORD = Pattern.compile("Login +admin / (\\S+)");

  private final FirstpassProcess process;
  private final Infrastructure infrastructure;
  private final Running running;

  private StandaloneProcess(FirstpassProcess process, Infrastructure joined, Running running) {
    this.process = process;
    this.infrastructure = joined;
    this.running = running;
  }

  /** Starts it and waits until it is up. */
  static StandaloneProcess start(Path state) throws IOException, InterruptedException {
    return start(state, 0);
  }

  /**
   * @param httpPort 0 for any free one
   */
  static StandaloneProcess start(Path state, int httpPort)
      throws IOException, InterruptedException {
    StateFolder folder = LentBinaries.to(StateFolder.at(state));
    Files.deleteIfExists(folder.running());
    List<String> arguments =
        new ArrayList<>(List.of("up", "--state", state.toString(), "--quiet-time", "2s"));
    arguments.addAll(List.of("--http-port", Integer.toString(httpPort), "--dicom-port", "0"));
    var process = FirstpassProcess.start(state.resolve("up.log"), arguments.toArray(String[]::new));
    try {
      process.await("the standalone is up", START_PATIENCE, () -> Files.exists(folder.running()));
      // Its database would outlive it.
      LeftBehind.watch();
      return new StandaloneProcess(
          process, Infrastructure.join(Configuration.of(folder)), Running.read(folder.running()));
    } catch (RuntimeException | AssertionError e) {
      process.kill();
      throw e;
    }
  }

  Infrastructure infrastructure() {
    return infrastructure;
  }

  DicomPeer peer() {
    return new DicomPeer("127.0.0.1", running.dicomPort(), "FIRSTPASS", "TEST_SCU");
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + running.httpPort() + "/");
  }

  ReviewClient login(String user, String password) {
    return ReviewClient.login(address(), user, password);
  }

  /** The administrator's password, which is printed at the first start of a state folder. */
  String administratorPassword() {
    process.await(
        "a password is printed", START_PATIENCE, () -> process.printed(PASSWORD).isPresent());
    return process.printed(PASSWORD).orElseThrow();
  }

  void kill() throws InterruptedException {
    infrastructure.close();
    process.kill();
  }

  int end() throws InterruptedException {
    infrastructure.close();
    return process.end();
  }

  String log() {
    return "\n" + process.log();
  }

  @Override
  public void close() throws InterruptedException {
    infrastructure.close();
    process.close();
  }
}
