package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux counts of this process. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  static boolean isTold() {
    return Files.isReadable(STATUS);
  }

  /** Bytes that are resident now. */
  static long resident() throws IOException {
    return bytes("VmRSS");
  }

  /** The most that ever was. */
  static long peak() throws IOException {
    return bytes("VmHWM");
  }

  private static long bytes(String name) throws IOException {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow(() -> new IOException("no " + name + " in " + STATUS));
    }
  }
}
