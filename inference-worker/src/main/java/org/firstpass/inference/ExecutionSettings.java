package org.firstpass.inference;

import java.time.Duration;
import java.util.List;

/**
 * On what and with how much networks may run.
 *
 * @param devices in order of preference; the first that is there is taken
 * @param threads cores that the network of one series may use
 * @param timeout how long the network of one series may take
 * @param nativeMemoryBytes of the process, beside the heap, that the network of one series may use;
 *     0 if not known
 * @param options of the devices
 */
public record ExecutionSettings(
    List<Device> devices,
    int threads,
    Duration timeout,
    long nativeMemoryBytes,
    DeviceOptions options) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  public ExecutionSettings {
    devices = List.copyOf(devices);
    if (devices.isEmpty()) {
      throw new IllegalArgumentException("devices must name at least one");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be above zero, but is " + timeout);
    }
    if (nativeMemoryBytes < 0) {
      throw new IllegalArgumentException(
          "nativeMemoryBytes must not be negative, but is " + nativeMemoryBytes);
    }
  }

  /** With every device as it comes. */
  public ExecutionSettings(
      List<Device> devices, int threads, Duration timeout, long nativeMemoryBytes) {
    this(devices, threads, timeout, nativeMemoryBytes, DeviceOptions.NONE);
  }

  /** The machine's cores, an hour for a series, as much memory as there is. */
  public static ExecutionSettings cpu(int threads) {
    return new ExecutionSettings(List.of(Device.CPU), threads, DEFAULT_TIMEOUT, 0);
  }
}
