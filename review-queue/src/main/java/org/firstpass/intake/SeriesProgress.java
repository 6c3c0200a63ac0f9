package org.firstpass.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.review.ReviewState;
import org.firstpass.study.SeriesInstanceUid;

/** How far a series is, as review knows it. */
public record SeriesProgress(SeriesInstanceUid series, List<Outcome> outcomes, List<Task> tasks) {
  public SeriesProgress {
    outcomes = List.copyOf(outcomes);
    tasks = List.copyOf(tasks);
  }

  /** Where a series is looked up. */
  public interface Lookup {
    SeriesProgress progress(SeriesInstanceUid series);
  }

  /** What a worker said of a revision. */
  public enum Kind {
    PROPOSED,
    REFUSED,
    FAILED
  }

  /**
   * How the worker's part ended.
   *
   * @param reason the code, none if it was proposed
   */
  public record Outcome(
      int revision,
      Kind kind,
      Optional<String> reason,
      Optional<String> explanation,
      Instant at) {}

  /** A task that came of it. */
  public record Task(UUID id, int revision, String modelPackage, ReviewState state) {}
}
