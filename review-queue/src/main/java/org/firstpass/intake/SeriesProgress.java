package org.firstpass.intake;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ObjectReference;
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

    /** The story of the routing rules that was told of the series last, if one was kept. */
    Optional<ObjectReference> route(SeriesInstanceUid series);

    /**
     * What workers segment now, the first that is expected first.
     *
     * <p>What began longer than a day ago is left out: its worker has ended without a word.
     */
    List<ComingProposal> coming(Instant now);
  }

  /** What was told of a revision, by the gateway and then by a worker. */
  public enum Kind {
    ARRIVED,
    PROPOSED,
    REFUSED,
    FAILED
  }

  /**
   * What was told.
   *
   * @param reason the code of a refusal or failure
   */
  public record Outcome(
      int revision, Kind kind, Optional<String> reason, Optional<String> explanation, Instant at) {}

  /** A task that came of it. */
  public record Task(UUID id, int revision, String modelPackage, ReviewState state) {}
}
