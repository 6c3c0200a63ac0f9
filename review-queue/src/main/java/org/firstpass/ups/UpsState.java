package org.firstpass.ups;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.firstpass.review.ReviewTask;

/**
 * Procedure Step State (0074,1000).
 *
 * @see "PS3.4 CC.1.1"
 */
public enum UpsState {
  SCHEDULED("SCHEDULED"),
  IN_PROGRESS("IN PROGRESS"),
  COMPLETED("COMPLETED"),
  CANCELED("CANCELED");

  private final String value;

  UpsState(String value) {
    this.value = value;
  }

  /** As DICOM writes it. */
  public String value() {
    return value;
  }

  public boolean isFinal() {
    return this == COMPLETED || this == CANCELED;
  }

  static Optional<UpsState> ofValue(String value) {
    return Arrays.stream(values()).filter(state -> state.value.equals(value)).findFirst();
  }

  /**
   * The state of a task. One whose lease is over is scheduled again, which DICOM does not foresee:
   * others may claim it, and its last holder may go on as long as nobody did.
   */
  public static UpsState of(ReviewTask task, Instant now) {
    return switch (task.state()) {
      case WAITING, RETURNED -> SCHEDULED;
      case CLAIMED -> ((ReviewTask.Claimed) task).lease().hasExpired(now) ? SCHEDULED : IN_PROGRESS;
      case SUBMITTED -> IN_PROGRESS;
      case ACCEPTED -> COMPLETED;
      case DISCONTINUED -> CANCELED;
    };
  }
}
