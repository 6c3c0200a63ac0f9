package org.firstpass.ups;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.dicom.dataset.DataSet;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.TransactionUid;

/**
 * A task as it was read, with what only the worklist knows of it.
 *
 * @param uid its SOP Instance UID: derived from the task, or what its creator gave it
 * @param attributes what was set by those who created or updated it
 * @param endedBy the transaction that brought it to its final state, if one did
 * @param changed when the task changed last
 * @param locked whether a subscriber still wants it to be kept
 */
public record Workitem(
    String uid,
    TaskRow row,
    DataSet attributes,
    Optional<TransactionUid> endedBy,
    Instant changed,
    boolean locked) {

  public UUID id() {
    return row.task().id();
  }

  /** Attributes without what a performer says of its work. */
  public static DataSet withoutPerformance(DataSet attributes) {
    return attributes
        .copy()
        .remove(UpsAttribute.PROGRESS_INFORMATION)
        .remove(UpsAttribute.PERFORMED_PROCEDURE);
  }

  /** By when whoever asked for it wants it done, if attributes say so. */
  public static Optional<Instant> due(DataSet attributes) {
    return attributes.text(UpsAttribute.EXPECTED_COMPLETION).flatMap(DicomTime::latest);
  }

  UpsState state(Instant now) {
    return UpsState.of(row.task(), now);
  }

  /** Whether it ended so long ago that the worklist no longer speaks of it. */
  boolean isGone(Instant now) {
    return !locked && state(now).isFinal() && changed.isBefore(now.minus(Worklist.KEPT));
  }
}
