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
   * Which of two outcomes of one revision stands. A proposal that was made after all beats a
   * failure of another attempt, and a reason that is known beats one that is not.
   */
  int rank() {
    return switch (kind) {
      case PROPOSED -> 4;
      case REFUSED -> 3;
      case FAILED -> isGeneral() ? 1 : 2;
      case RECEIVING, COMPLETE -> 0;
    };
  }

  private boolean isGeneral() {
    return reason == ReasonCode.UNEXPECTED || reason == ReasonCode.DELIVERY_LIMIT;
  }
}
