package org.firstpass.arrival;

import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * How a revision ended.
 *
 * @param reason null if it was proposed
 * @param explanation without patient data; null if it was proposed
 */
record SeriesOutcome(
    SeriesState.Kind kind, @Nullable ReasonCode reason, @Nullable String explanation) {

  static SeriesOutcome proposed() {
    return new SeriesOutcome(SeriesState.Kind.PROPOSED, null, null);
  }

  /**
   * Which of two outcomes of one revision stands. A proposal that was made after all beats
   * everything, and a reason that is known beats one that is not. A series that only waited for
   * another one of its study, or that served as its channel, takes whatever becomes of it later.
   */
  int rank() {
    return switch (kind) {
      case PROPOSED -> 6;
      case REFUSED -> refusalRank();
      case FAILED -> isGeneral() ? 3 : 4;
      case RECEIVING, COMPLETE -> 0;
    };
  }

  private int refusalRank() {
    if (reason == ReasonCode.CHANNEL_MISSING) {
      return 1;
    }
    return reason == ReasonCode.USED_AS_CHANNEL ? 2 : 5;
  }

  private boolean isGeneral() {
    return reason == ReasonCode.UNEXPECTED || reason == ReasonCode.DELIVERY_LIMIT;
  }
}
