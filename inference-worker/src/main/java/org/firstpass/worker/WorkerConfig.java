package org.firstpass.worker;

import java.time.Duration;
import java.time.ZoneId;
import org.firstpass.routing.RoutingRules;

/**
 * How a worker works.
 *
 * @param groupId workers with one group share the arrivals
 * @param concurrency series that this process works on at a time
 * @param lock how long a series belongs to a worker that is not heard of
 * @param run how each of them is run
 * @param packages which packages there are
 * @param routing which series goes to which of them
 */
public record WorkerConfig(
    String groupId,
    int concurrency,
    Duration lock,
    RunConfig run,
    PackagesConfig packages,
    RoutingConfig routing) {
  private static final Duration DEFAULT_LOCK = Duration.ofSeconds(30);

  public WorkerConfig {
    if (groupId.isBlank()) {
      throw new IllegalArgumentException("groupId must not be blank");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1, but is " + concurrency);
    }
    if (lock.isNegative() || lock.isZero()) {
      throw new IllegalArgumentException("lock must be above zero, but is " + lock);
    }
  }

  /**
   * The rules of the installation.
   *
   * @param zone in which they speak of hours and days
   */
  public record RoutingConfig(RoutingRules rules, ZoneId zone) {
    /** What packages state of themselves decides. */
    public static final RoutingConfig NONE =
        new RoutingConfig(RoutingRules.NONE, ZoneId.systemDefault());
  }

  /** One series at a time, all cores, nearly all of the heap, no rules. */
  public static WorkerConfig of(PackagesConfig packages) {
    return new WorkerConfig(
        "firstpass-worker", 1, DEFAULT_LOCK, RunConfig.defaults(), packages, RoutingConfig.NONE);
  }
}
