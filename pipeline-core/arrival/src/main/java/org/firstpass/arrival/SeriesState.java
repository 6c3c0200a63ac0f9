package org.firstpass.arrival;

import org.firstpass.failure.ReasonCode;

/** Where a series is on its way. The last five are ends, until a later instance comes. */
public sealed interface SeriesState {
  Kind kind();

  /** The states by name. */
  enum Kind {
    RECEIVING,
    COMPLETE,
    PROPOSED,
    TAKEN,
    KEPT,
    REFUSED,
    FAILED;

    public boolean isEnd() {
      return this != RECEIVING && this != COMPLETE;
    }
  }

  /** Instances came that no revision holds yet. */
  record Receiving() implements SeriesState {
    @Override
    public Kind kind() {
      return Kind.RECEIVING;
    }
  }

  /** The revision is stored and announced. */
  record Complete(int revision) implements SeriesState {
    @Override
    public Kind kind() {
      return Kind.COMPLETE;
    }
  }

  /** There is a proposal for the revision. */
  record Proposed(int revision) implements SeriesState {
    @Override
    public Kind kind() {
      return Kind.PROPOSED;
    }
  }

  /** What another program drew became a correction. */
  record Taken(int revision) implements SeriesState {
    @Override
    public Kind kind() {
      return Kind.TAKEN;
    }
  }

  /** What another program drew is kept, for a person to decide or as evidence. */
  record Kept(int revision, ReasonCode reason) implements SeriesState {
    @Override
    public Kind kind() {
      return Kind.KEPT;
    }
  }

  /** The revision cannot be segmented, or what was drawn cannot be used. */
  record Refused(int revision, ReasonCode reason) implements SeriesState {
    @Override
    public Kind kind() {
      return Kind.REFUSED;
    }
  }

  /** Firstpass failed on the revision. */
  record Failed(int revision, ReasonCode reason) implements SeriesState {
    @Override
    public Kind kind() {
      return Kind.FAILED;
    }
  }
}
