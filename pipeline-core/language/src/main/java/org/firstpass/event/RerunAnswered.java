package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link RerunRequested}: {@code firstpass.rerun-answers}.
 *
 * @param request its id
 * @param labels the stored label map of the box alone; null if there is none
 * @param reason why there is none; null if there is one
 * @param explanation what was expected and what was found, without patient data; null with labels
 */
public record RerunAnswered(
    UUID id,
    Instant time,
    SeriesInput input,
    UUID request,
    @Nullable ObjectReference labels,
    @Nullable ReasonCode reason,
    @Nullable String explanation,
    long inferenceMillis)
    implements SeriesEvent {
  public RerunAnswered {
    if (labels == null && reason == null) {
      throw new IllegalArgumentException("an answer has labels, or a reason why it has none");
    }
  }

  @Override
  public EventType type() {
    return EventType.RERUN_ANSWERED;
  }
}
