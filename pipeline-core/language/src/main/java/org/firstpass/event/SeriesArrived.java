package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.study.ProjectName;
import org.firstpass.study.Sender;
import org.jspecify.annotations.Nullable;

/**
 * A series revision is complete and stored: {@code firstpass.arrivals}.
 *
 * @param callingAeTitle who sent it last, null if it did not come by DIMSE
 * @param siblings the other complete series of its study: a network may need several
 * @param project what it was sent for, null if it was told by a version that knew none
 * @param postedBy the reader who posted all of it by STOW-RS, null if nobody did
 */
public record SeriesArrived(
    UUID id,
    Instant time,
    SeriesInput input,
    String modality,
    int instances,
    @Nullable String callingAeTitle,
    List<SiblingSeries> siblings,
    @Nullable ProjectName project,
    @Nullable String postedBy)
    implements SeriesEvent {
  public SeriesArrived {
    siblings = siblings == null ? List.of() : List.copyOf(siblings);
  }

  /** A series on its own. */
  public SeriesArrived(UUID id, Instant time, SeriesInput input, String modality, int instances) {
    this(id, time, input, modality, instances, null, List.of());
  }

  /** A series that was sent for no project in particular. */
  public SeriesArrived(
      UUID id,
      Instant time,
      SeriesInput input,
      String modality,
      int instances,
      @Nullable String callingAeTitle,
      List<SiblingSeries> siblings) {
    this(id, time, input, modality, instances, callingAeTitle, siblings, null, null);
  }

  /** Who sent it, as far as it is known. */
  public Sender sender() {
    if (postedBy != null) {
      return Sender.ofReader(postedBy);
    }
    return callingAeTitle == null ? Sender.UNKNOWN : Sender.ofAeTitle(callingAeTitle);
  }

  /** What it was sent for; the default project if nobody said. */
  public ProjectName sentFor() {
    return project == null ? ProjectName.DEFAULT : project;
  }

  /**
   * Whether it holds what people or programs drew on another series, so that review files it and no
   * worker segments it.
   */
  public boolean holdsDrawings() {
    return modality.equals("SEG") || modality.equals("RTSTRUCT");
  }

  @Override
  public EventType type() {
    return EventType.SERIES_ARRIVED;
  }
}
