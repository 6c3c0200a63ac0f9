package org.firstpass.review;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** How many tasks are in which state. Thread-safe. */
public final class ReviewMetrics {
  /** The names of this room's meters. */
  public static final class Names {
    public static final String TASKS = "review.tasks";

    private Names() {}
  }

  /** Counting a million rows takes a while, and one scrape asks once per state. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final ReviewQueue queue;
  private final Clock clock;
  private Instant counted = Instant.MIN;
  private Map<ReviewState, Long> counts = Map.of();

  private ReviewMetrics(ReviewQueue queue, Clock clock) {
    this.queue = queue;
    this.clock = clock;
  }

  public static void bind(ReviewQueue queue, Clock clock, MeterRegistry meters) {
    var metrics = new ReviewMetrics(queue, clock);
    for (ReviewState state : ReviewState.values()) {
      Gauge.builder(Names.TASKS, metrics, self -> self.count(state))
          .description("Review tasks by state")
          .baseUnit("tasks")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .strongReference(true)
          .register(meters);
    }
  }

  private synchronized double count(ReviewState state) {
    Instant now = clock.instant();
    if (counts.isEmpty() || counted.plus(FRESH).isBefore(now)) {
      counts = queue.counts();
      counted = now;
    }
    return counts.getOrDefault(state, 0L);
  }
}
