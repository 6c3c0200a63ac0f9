package org.firstpass.inference;

import java.lang.management.ManagementFactory;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.NeedsSpec;

/** How much memory this process may have at most, heap and native together. */
final class MachineMemory {
  private static final int MEBIBYTE_SHIFT = 20;

  private MachineMemory() {}

  /**
   * Refuses a package that this machine is too small for: the manifest's {@code needs.memoryMiB}.
   *
   * @throws Defect with {@link ReasonCode#OUT_OF_MEMORY} with what it needs and what there is
   */
  static void require(ModelManifest manifest) {
    require(manifest, bytes());
  }

  static void require(ModelManifest manifest, long bytes) {
    NeedsSpec needs = manifest.needs();
    long found = bytes >> MEBIBYTE_SHIFT;
    if (needs != null && bytes > 0 && found < needs.memoryMiB()) {
      throw new Defect(
          ReasonCode.OUT_OF_MEMORY,
          manifest.label()
              + ": needs.memoryMiB is "
              + needs.memoryMiB()
              + ", but this machine, or its container, has "
              + found
              + " MiB");
    }
  }

  /** That of the container if it has a limit, else of the machine; 0 if the JVM does not tell. */
  static long bytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
