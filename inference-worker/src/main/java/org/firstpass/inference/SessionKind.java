package org.firstpass.inference;

/**
 * How a graph is opened.
 *
 * @param threads how many cores one call may use
 * @param keepMemory whether the runtime keeps working memory for the next call; without it, memory
 *     goes back after each call, which large tensors can wait for
 */
record SessionKind(Device device, DeviceOptions options, int threads, boolean keepMemory) {
  /** On the machine's cores. */
  static SessionKind cpu(int threads, boolean keepMemory) {
    return new SessionKind(Device.CPU, DeviceOptions.NONE, threads, keepMemory);
  }
}
