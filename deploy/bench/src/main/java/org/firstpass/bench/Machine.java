package org.firstpass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
  private Machine() {}

  /** Cores, CPU, Java, time, and the load that was there before: of Linux what it tells. */
  static String describe() {
    return "%d cores, %s, Java %s, %s, load %s before the run."
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("java.version"),
            Instant.now().truncatedTo(ChronoUnit.MINUTES),
            firstWord("/proc/loadavg"));
  }

  /** The folder with LICENSE, as the run script gives it. */
  static Path root() {
    return Path.of(Objects.requireNonNullElse(System.getProperty("firstpass.root"), "."));
  }

  private static String processor() {
    String os = System.getProperty("os.arch");
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(os);
    } catch (IOException notLinux) {
      return os;
    }
  }

  private static String firstWord(String file) {
    try {
      return Files.readString(Path.of(file)).split(" ", 2)[0];
    } catch (IOException notLinux) {
      return "unknown";
    }
  }

  /** Writes out what waits for the disk, so that nobody pays for who came before. */
  static void settleDisk() throws IOException, InterruptedException {
    if (Program.exists("sync")) {
      Program.run("sync");
    }
  }
}
