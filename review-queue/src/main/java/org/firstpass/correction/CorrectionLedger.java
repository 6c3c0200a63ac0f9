package org.firstpass.correction;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.review.ReviewState;
import org.firstpass.review.TransactionUid;
import org.firstpass.study.Sha256;

/** Where decisions are kept. Each method is one transaction. */
public interface CorrectionLedger {

  /** The revision that this claim has already brought in. */
  Optional<Kept> find(UUID task, TransactionUid transaction);

  /**
   * Keeps a decision: the task is accepted, the revision stands and the event waits for the broker,
   * or none of it. If the transaction is no longer the task's, what it brought is kept aside.
   *
   * @param grace if longer than nothing, the task is submitted only, and its acceptance with the
   *     event is left to {@link GracePeriods}
   */
  Answer keep(CorrectionRevision revision, CorrectionAccepted event, Duration grace);

  /** How a revision that was not kept aside stands. */
  enum Standing {
    SUBMITTED,
    ACCEPTED,
    UNDONE
  }

  /**
   * A revision that was not kept aside.
   *
   * @param submission see {@link CorrectionRevision#submission}
   * @param undoUntil until when it may be undone, if it is SUBMITTED
   */
  record Kept(Receipt receipt, Sha256 submission, Standing standing, Optional<Instant> undoUntil) {}

  /** What became of a decision. */
  sealed interface Answer {
    /** It is there, by this call or by an earlier one with the same transaction. */
    record Stands(Kept kept) implements Answer {}

    /** Somebody else has the task, or it is closed; kept as this side revision. */
    record Aside(UUID sideRevision, ReviewState state) implements Answer {}
  }
}
