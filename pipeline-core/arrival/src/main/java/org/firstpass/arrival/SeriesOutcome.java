package org.firstpass.arrival;

import org.firstpass.event.ForeignSeriesFiled;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * How a revision ended.
 *
 * @param reason null if it was proposed or taken
 * @param explanation without patient data; null if it was proposed or taken
 */
record SeriesOutcome(
    SeriesState.Kind kind, @Nullable ReasonCode reason, @Nullable String explanation) {

  static SeriesOutcome proposed() {
    return new SeriesOutcome(SeriesState.Kind.PROPOSED, null, null);
  }

  static SeriesOutcome of(ForeignSeriesFiled filed) {
    SeriesState.Kind kind =
        switch (filed.filing()) {
          case TAKEN -> SeriesState.Kind.TAKEN;
          case KEPT -> SeriesState.Kind.KEPT;
          case REFUSED -> SeriesState.Kind.REFUSED;
          case FAILED -> SeriesState.Kind.FAILED;
        };
    return new SeriesOutcome(kind, filed.reason(), filed.explanation());
  }

  /**
   * Which of two outcomes of one revision stands. A proposal that was made after all beats
   * everything, and a reason that is known beats one that is not. A series that only waited for
   * another one of its study, or that served as its channel, or that a person has yet to decide on,
   * takes whatever becomes of it later.
   */
  int rank() {
    return switch (kind) {
      case PROPOSED, TAKEN -> 6;
      case KEPT -> 1;
      case REFUSED -> refusalRank();
      case FAILED -> isGeneral() ? 3 : 4;
      case RECEIVING, COMPLETE -> 0;
    };
  }

  /** Whether another outcome of the same rank may follow: what is kept is kept for a reason. */
  boolean mayChange() {
    return kind == SeriesState.Kind.KEPT;
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
