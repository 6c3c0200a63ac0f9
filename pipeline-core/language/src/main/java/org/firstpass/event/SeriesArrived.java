package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.study.SeriesInstanceUid;

/** A series revision is complete and stored: {@code firstpass.arrivals}. */
public record SeriesArrived(
    UUID id, Instant time, SeriesInput input, String modality, int instances)
    implements FirstpassEvent {

  @Override
  public SeriesInstanceUid series() {
    return input.reference().series();
  }

  @Override
  public EventType type() {
    return EventType.SERIES_ARRIVED;
  }
}
