package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.study.SeriesInstanceUid;

/** A review task took a new state: {@code firstpass.reviews}. */
public record ReviewTaskChanged(
    UUID id, Instant time, SeriesInput input, UUID taskId, String state, String by)
    implements FirstpassEvent {

  @Override
  public SeriesInstanceUid series() {
    return input.reference().series();
  }

  @Override
  public EventType type() {
    return EventType.REVIEW_TASK_CHANGED;
  }
}
