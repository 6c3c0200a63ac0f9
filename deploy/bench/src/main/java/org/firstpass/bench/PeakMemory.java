package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most that this process had resident since now, as Linux counts it. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** Resets the high-water mark to what is resident. */
  private static final String RESET = "5";

  private final long before;

  PeakMemory() throws IOException {
    System.gc();
    if (Files.isWritable(CLEAR)) {
      Files.writeString(CLEAR, RESET);
    }
    before = bytes("VmRSS");
  }

  /** Bytes beyond what was resident at first; negative where the system does not tell. */
  long beyond() throws IOException {
    return before < 0 ? -1 : bytes("VmHWM") - before;
  }

  private static long bytes(String name) throws IOException {
    if (!Files.isReadable(STATUS)) {
      return -1;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(-1L);
    }
  }
}
