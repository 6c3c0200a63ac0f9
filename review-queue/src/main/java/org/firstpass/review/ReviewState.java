package org.firstpass.review;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a review task, and the one table of what may follow what.
 *
 * <p>In the words of UPS: WAITING is SCHEDULED, CLAIMED and SUBMITTED are IN PROGRESS, ACCEPTED is
 * COMPLETED and DISCONTINUED is CANCELED.
 *
 * @see "PS3.4 CC.1.1"
 */
public enum ReviewState {
  WAITING,
  CLAIMED,
  SUBMITTED,
  ACCEPTED,
  RETURNED,
  DISCONTINUED;

  /**
   * The states that may come next; CLAIMED follows itself when a lease is renewed or taken over,
   * and SUBMITTED when the reader undoes the decision.
   */
  public Set<ReviewState> next() {
    return switch (this) {
      case WAITING, RETURNED -> EnumSet.of(CLAIMED, DISCONTINUED);
      case CLAIMED -> EnumSet.of(CLAIMED, WAITING, SUBMITTED, DISCONTINUED);
      case SUBMITTED -> EnumSet.of(ACCEPTED, CLAIMED, RETURNED);
      case ACCEPTED, DISCONTINUED -> EnumSet.noneOf(ReviewState.class);
    };
  }

  public boolean isFinal() {
    return next().isEmpty();
  }

  /**
   * The state that follows, if the table has it.
   *
   * @throws WrongTransition naming both states if it does not
   */
  public ReviewState to(ReviewState next) {
    if (!next().contains(next)) {
      throw new WrongTransition(this, next);
    }
    return next;
  }
}
