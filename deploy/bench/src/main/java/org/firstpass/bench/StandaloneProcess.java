package org.firstpass.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.firstpass.dicom.DicomPeer;

/** {@code deploy/firstpass up} on a state folder, in a process of its own. */
final class StandaloneProcess implements AutoCloseable {
  private static final Pattern LOGIN = Pattern.compile("Login\\s+(\\S+) / (\\S+)\\s.*");

  private final Path state;
  private final Process process;
  private final double secondsToUp;
  private String password = "";

  /** Returns when it has announced itself, which it does when every role has started. */
  StandaloneProcess(Path state, Path log) throws IOException {
    this.state = state;
    long began = System.nanoTime();
    process =
        new ProcessBuilder(
                Machine.root().resolve("deploy/firstpass").toString(),
                "up",
                "--state",
                state.toString(),
                "--http-port",
                "0",
                "--dicom-port",
                "0")
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    awaitAnnouncement(process.inputReader(StandardCharsets.UTF_8), log);
    secondsToUp = (System.nanoTime() - began) / 1e9;
  }

  private void awaitAnnouncement(BufferedReader lines, Path log) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher login = LOGIN.matcher(line);
      if (login.matches()) {
        password = login.group(2);
      }
      if (line.startsWith("State ")) {
        return;
      }
    }
    throw new IOException("the standalone ended before it was up: " + Files.readString(log));
  }

  double secondsToUp() {
    return secondsToUp;
  }

  DicomPeer peer() throws IOException {
    return new DicomPeer("127.0.0.1", Integer.parseInt(running("dicomPort")), "FIRSTPASS", "BENCH");
  }

  ReviewApi api() throws Exception {
    return ReviewApi.login(Integer.parseInt(running("httpPort")), "admin", password);
  }

  private String running(String key) throws IOException {
    var properties = new Properties();
    try (var text = Files.newBufferedReader(state.resolve("running.properties"))) {
      properties.load(text);
    }
    return properties.getProperty(key, "");
  }

  /** Proportional set size of it and of its database, as Linux counts it, in bytes. */
  long residentBytes() throws IOException {
    Path pid = state.resolve("postgres/data/postmaster.pid");
    long database = Long.parseLong(Files.readAllLines(pid).get(0).strip());
    return Stream.of(process.pid(), database)
        .flatMap(root -> ProcessHandle.of(root).stream())
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .map(ProcessHandle::pid)
        .distinct()
        .mapToLong(StandaloneProcess::proportionalBytes)
        .sum();
  }

  private static long proportionalBytes(long pid) {
    Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
    try {
      List<String> lines = Files.readAllLines(rollup);
      return lines.stream()
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    Program.end(process);
  }
}
