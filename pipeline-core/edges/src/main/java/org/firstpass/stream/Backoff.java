package org.firstpass.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubled each time, up to a limit, with jitter so that many
 * processes do not come back at one moment. Not safe for use by many threads.
 */
final class Backoff {
  private final long firstMillis;
  private final long limitMillis;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration limit, RandomGenerator random) {
    this.firstMillis = first.toMillis();
    this.limitMillis = limit.toMillis();
    this.random = random;
  }

  static Backoff standard() {
    return new Backoff(
        Duration.ofMillis(200), Duration.ofSeconds(20), RandomGenerator.getDefault());
  }

  /** Between half of the doubled time and all of it. */
  Duration next() {
    long doubled = firstMillis << Math.min(failures, Integer.SIZE - 2);
    long full = Math.min(limitMillis, doubled);
    failures++;
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }

  int failures() {
    return failures;
  }

  void reset() {
    failures = 0;
  }
}
