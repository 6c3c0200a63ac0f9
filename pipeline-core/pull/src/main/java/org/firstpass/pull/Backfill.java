package org.firstpass.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * How far a backfill is.
 *
 * @param windows days, or parts of them, by how far they are asked for
 * @param studies that were found, by how far they are fetched
 * @param arrived instances that came
 * @param lastHour studies that ended in the last hour
 * @param held why it does nothing now; null if nothing holds it
 * @param trouble what went wrong last when a window was asked for; null if nothing did
 */
public record Backfill(
    long number,
    BackfillOrder order,
    BackfillState state,
    Map<PullState, Long> windows,
    Map<PullState, Long> studies,
    long arrived,
    long lastHour,
    @Nullable String held,
    @Nullable ReasonCode trouble,
    Instant created,
    Instant changed) {
  public Backfill {
    windows = Map.copyOf(windows);
    studies = Map.copyOf(studies);
  }

  /**
   * How long it takes yet if it goes on as in the last hour: the studies that wait, and as many for
   * each window that is not asked for as were found in each of the others. Empty if that cannot be
   * said.
   */
  public Optional<Duration> estimate() {
    long asked = windows.getOrDefault(PullState.DONE, 0L);
    if (state != BackfillState.RUNNING || lastHour == 0 || asked == 0) {
      return Optional.empty();
    }
    long found = studies.values().stream().mapToLong(Long::longValue).sum();
    double ahead = open(studies) + open(windows) * ((double) found / asked);
    if (order.most() != null) {
      ahead = Math.min(ahead, open(studies) + Math.max(0, order.most() - found));
    }
    return Optional.of(Duration.ofSeconds(Math.round(ahead / lastHour * 3600)));
  }

  private static long open(Map<PullState, Long> counts) {
    return counts.getOrDefault(PullState.WAITING, 0L)
        + counts.getOrDefault(PullState.UNDER_WAY, 0L);
  }
}
