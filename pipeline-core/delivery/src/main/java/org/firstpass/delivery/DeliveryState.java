package org.firstpass.delivery;

/** How far one object is on its way to one destination. */
public enum DeliveryState {
  /** Waits for its turn, or for its next attempt. */
  PENDING,
  /** Is being made and sent. */
  SENDING,
  /** Was acknowledged; whether it is kept is not known. */
  AWAITING_CONFIRMATION,
  /** The destination confirmed that it keeps it. */
  DELIVERED,
  /** Its retry budget is used up, or it was refused; it is kept for a replay. */
  FAILED,
  /** It breaks the rules of its SOP class and does not leave. */
  QUARANTINED;

  /** Whether nothing happens any more unless somebody replays it. */
  public boolean isEnd() {
    return switch (this) {
      case PENDING, SENDING, AWAITING_CONFIRMATION -> false;
      case DELIVERED, FAILED, QUARANTINED -> true;
    };
  }
}
