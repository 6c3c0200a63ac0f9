package org.firstpass.correction;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ReaderEffort;

/** All revisions of tasks, to be looked at: those that hold, were undone, or came too late. */
public interface Revisions {

  /** The first one first. */
  List<Revision> of(UUID task);

  /** One of a task. */
  default Optional<Revision> find(UUID task, UUID revision) {
    return of(task).stream().filter(one -> one.id().equals(revision)).findFirst();
  }

  /** How a revision stands. */
  enum Standing {
    /** It may still be undone. */
    SUBMITTED,
    ACCEPTED,
    UNDONE,
    /** Kept of a reader whose lease was over. */
    SIDE
  }

  /**
   * A revision as it was kept.
   *
   * @param number within its task, from 1
   * @param effort none if nothing was drawn here
   */
  record Revision(
      UUID id,
      int number,
      Standing standing,
      String author,
      Instant at,
      long activeMillis,
      CorrectionRevision.Outcome outcome,
      Optional<ReaderEffort> effort) {}
}
