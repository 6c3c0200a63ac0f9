package org.firstpass.arrival;

import java.time.Duration;
import java.util.Set;
import org.firstpass.study.ProjectName;

/**
 * When a series is complete, and what becomes of what comes later.
 *
 * @param quiet complete when nothing came for it that long
 * @param announced whether announcements (MPPS, IAN) count: a series is complete as soon as all
 *     instances are there that were announced of it
 * @param patience how long a quiet series waits for announced instances that did not come; then it
 *     is complete without them, and that is kept
 * @param proposeLate whether what comes after a series was announced makes another proposal; if
 *     not, it makes a revision that is only kept
 * @param kept projects whose series are kept and not announced
 */
public record CompletenessRule(
    Duration quiet,
    boolean announced,
    Duration patience,
    boolean proposeLate,
    Set<ProjectName> kept) {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  public CompletenessRule {
    if (quiet.isNegative() || quiet.isZero()) {
      throw new IllegalArgumentException("quiet is longer than nothing, but is " + quiet);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience is not negative, but is " + patience);
    }
    kept = Set.copyOf(kept);
  }

  /** Every project is announced. */
  public CompletenessRule(
      Duration quiet, boolean announced, Duration patience, boolean proposeLate) {
    this(quiet, announced, patience, proposeLate, Set.of());
  }

  /** Announcements count, and late instances are proposed on. */
  public static CompletenessRule quiet(Duration quiet) {
    return new CompletenessRule(quiet, true, PATIENCE, true);
  }
}
