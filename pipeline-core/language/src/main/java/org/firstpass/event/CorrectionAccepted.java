package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.segment.LabelSchema;

/** A reader's decision on a proposal: {@code firstpass.corrections}. Its id is the correction's. */
public record CorrectionAccepted(
    UUID id,
    Instant time,
    SeriesInput input,
    UUID taskId,
    UUID proposalId,
    PackageReference modelPackage,
    LabelSchema schema,
    ObjectReference proposedLabels,
    ObjectReference acceptedLabels,
    ObjectReference segmentation,
    List<SegmentDecision> decisions,
    String reader,
    long activeMillis)
    implements SeriesEvent {

  @Override
  public EventType type() {
    return EventType.CORRECTION_ACCEPTED;
  }
}
