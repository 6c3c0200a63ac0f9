package org.firstpass.inference;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;

/** The memory of this process beside the Java heap, as far as the platform tells of it. */
final class NativeHeap {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final long KIBIBYTE = 1024;

  private NativeHeap() {}

  /** Resident bytes of the process; empty where the platform does not tell. */
  static OptionalLong residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(RESIDENT)) {
          String number = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(number) * KIBIBYTE);
        }
      }
      return OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Gives memory that was freed back to the machine. The C library keeps it otherwise: a session
   * with 220 MB of weights leaves 200 MB behind when it is closed.
   *
   * @return whether this JVM can; it can on Linux with glibc from 17.0.9 on
   */
  static boolean trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[] {new String[0]},
              new String[] {String[].class.getName()});
      return true;
    } catch (JMException | RuntimeException e) {
      return false;
    }
  }
}
