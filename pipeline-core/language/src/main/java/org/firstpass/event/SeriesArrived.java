package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A series revision is complete and stored: {@code firstpass.arrivals}.
 *
 * @param callingAeTitle who sent it last, null if it did not come by DIMSE
 * @param siblings the other complete series of its study: a network may need several
 */
public record SeriesArrived(
    UUID id,
    Instant time,
    SeriesInput input,
    String modality,
    int instances,
    @Nullable String callingAeTitle,
    List<SiblingSeries> siblings)
    implements SeriesEvent {
  public SeriesArrived {
    siblings = siblings == null ? List.of() : List.copyOf(siblings);
  }

  /** A series on its own. */
  public SeriesArrived(UUID id, Instant time, SeriesInput input, String modality, int instances) {
    this(id, time, input, modality, instances, null, List.of());
  }

  @Override
  public EventType type() {
    return EventType.SERIES_ARRIVED;
  }
}
