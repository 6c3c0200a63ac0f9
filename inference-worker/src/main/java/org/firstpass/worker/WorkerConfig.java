package org.firstpass.worker;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param groupId workers with one group share the arrivals
 * @param concurrency series that this process works on at a time
 * @param lock how long a series belongs to a worker that is not heard of
 * @param threads cores that the network of one series may use
 * @param memoryBytes heap that one series may need; a larger one is refused
 */
public record WorkerConfig(
    String groupId, int concurrency, Duration lock, int threads, long memoryBytes) {
  private static final Duration DEFAULT_LOCK = Duration.ofSeconds(30);

  public WorkerConfig {
    if (groupId.isBlank()) {
      throw new IllegalArgumentException("groupId must not be blank");
    }
    requirePositive("concurrency", concurrency);
    requirePositive("threads", threads);
    requirePositive("memoryBytes", memoryBytes);
    if (lock.isNegative() || lock.isZero()) {
      throw new IllegalArgumentException("lock must be above zero, but is " + lock);
    }
  }

  /** One series at a time, all cores, nearly all of the heap. */
  public static WorkerConfig defaults() {
    Runtime runtime = Runtime.getRuntime();
    long memory = runtime.maxMemory() / 10 * 9;
    return new WorkerConfig(
        "firstpass-worker", 1, DEFAULT_LOCK, runtime.availableProcessors(), memory);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
    }
  }
}
