package org.firstpass.correction;

import java.time.Duration;
import java.util.UUID;
import org.firstpass.review.ReviewState;

/** What became of a submission. */
public sealed interface SubmitAnswer {
  enum Kind {
    ACCEPTED,
    UNKNOWN,
    STALE,
    ALREADY_DECIDED,
    UNDONE
  }

  Kind kind();

  /**
   * It stands, by this submission or by the same one before.
   *
   * @param undoFor for how long the reader may still undo it; zero if it is final
   */
  record Accepted(Receipt receipt, Duration undoFor) implements SubmitAnswer {
    @Override
    public Kind kind() {
      return Kind.ACCEPTED;
    }
  }

  /** There is no such task. */
  record Unknown() implements SubmitAnswer {
    @Override
    public Kind kind() {
      return Kind.UNKNOWN;
    }
  }

  /** The transaction is no longer the task's; what it brought is kept as a side revision. */
  record Stale(UUID sideRevision, ReviewState state) implements SubmitAnswer {
    @Override
    public Kind kind() {
      return Kind.STALE;
    }
  }

  /** This transaction was accepted with another decision; what came now is not kept. */
  record AlreadyDecided(Receipt receipt) implements SubmitAnswer {
    @Override
    public Kind kind() {
      return Kind.ALREADY_DECIDED;
    }
  }

  /** This transaction was submitted and undone; a new decision shows the transaction after it. */
  record Undone(Receipt receipt) implements SubmitAnswer {
    @Override
    public Kind kind() {
      return Kind.UNDONE;
    }
  }
}
