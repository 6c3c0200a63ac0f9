package org.firstpass.worker;

import java.nio.file.Path;
import org.firstpass.inference.ExecutionSettings;
import org.jspecify.annotations.Nullable;

/**
 * How a worker runs one series.
 *
 * @param execution on which device, with how much of the machine, for how long
 * @param heapBytes heap that one series may need; a larger one is refused
 * @param costs the file that keeps what packages took, null to forget it with the process
 * @param shadow whether packages in shadow are run
 */
public record RunConfig(
    ExecutionSettings execution, long heapBytes, @Nullable Path costs, boolean shadow) {
  public RunConfig {
    if (heapBytes < 1) {
      throw new IllegalArgumentException("heapBytes must be at least 1, but is " + heapBytes);
    }
  }

  /** The cores of this machine and nearly all of the heap. */
  public static RunConfig defaults() {
    Runtime runtime = Runtime.getRuntime();
    return new RunConfig(
        ExecutionSettings.cpu(runtime.availableProcessors()),
        runtime.maxMemory() / 10 * 9,
        null,
        true);
  }
}
