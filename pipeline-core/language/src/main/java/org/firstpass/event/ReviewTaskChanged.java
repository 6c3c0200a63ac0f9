package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;

/** A review task took a new state: {@code firstpass.reviews}. */
public record ReviewTaskChanged(
    UUID id, Instant time, SeriesInput input, UUID taskId, String state, String by)
    implements SeriesEvent {

  @Override
  public EventType type() {
    return EventType.REVIEW_TASK_CHANGED;
  }
}
