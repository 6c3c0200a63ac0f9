package org.firstpass.review;

/** What became of a wish to change a task. */
public sealed interface TaskAnswer {
  enum Kind {
    DONE,
    UNKNOWN,
    HELD,
    STALE,
    CLOSED,
    BARRED
  }

  Kind kind();

  /** It was done; this is the task now. */
  record Done(ReviewTask task) implements TaskAnswer {
    @Override
    public Kind kind() {
      return Kind.DONE;
    }
  }

  /** There is no such task. */
  record Unknown() implements TaskAnswer {
    @Override
    public Kind kind() {
      return Kind.UNKNOWN;
    }
  }

  /** Another reader has it. */
  record Held(Lease lease) implements TaskAnswer {
    @Override
    public Kind kind() {
      return Kind.HELD;
    }
  }

  /** The transaction that was shown is not, or no longer, the task's. */
  record Stale(ReviewState state) implements TaskAnswer {
    @Override
    public Kind kind() {
      return Kind.STALE;
    }
  }

  /** It is the second reading of what this reader read first. */
  record Barred() implements TaskAnswer {
    @Override
    public Kind kind() {
      return Kind.BARRED;
    }
  }

  /** The task is in a state that the wish cannot follow. */
  record Closed(ReviewState state, ReviewState wished) implements TaskAnswer {
    @Override
    public Kind kind() {
      return Kind.CLOSED;
    }
  }
}
