package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * What review made of a series of segmentations or structure sets that another program stored:
 * {@code firstpass.proposals}.
 *
 * <p>A series that is KEPT may be told again, when a person has decided or a proposal was made.
 *
 * @param reason why it was not taken; null if it was
 * @param explanation what was expected and what was found, without patient data; null if it was
 *     taken
 * @param correctionId what it became; null if it was not taken
 */
public record ForeignSeriesFiled(
    UUID id,
    Instant time,
    SeriesInput input,
    Filing filing,
    @Nullable ReasonCode reason,
    @Nullable String explanation,
    @Nullable UUID correctionId)
    implements SeriesEvent {

  /** Where a series was put. */
  public enum Filing {
    /** It is a correction now. */
    TAKEN,
    /** It is kept for a person to decide, or as evidence. */
    KEPT,
    /** It cannot be used, or a person did not want it. */
    REFUSED,
    /** Firstpass failed on it. */
    FAILED
  }

  @Override
  public EventType type() {
    return EventType.FOREIGN_SERIES_FILED;
  }
}
