package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.SeriesInstanceUid;

/** A first-pass label map was proposed: {@code firstpass.proposals}. Its id is the proposal's. */
public record ProposalMade(
    UUID id,
    Instant time,
    SeriesInput input,
    PackageReference modelPackage,
    LabelSchema schema,
    ObjectReference segmentation,
    ObjectReference labels,
    List<SegmentScore> scores,
    long inferenceMillis)
    implements FirstpassEvent {

  @Override
  public SeriesInstanceUid series() {
    return input.reference().series();
  }

  @Override
  public EventType type() {
    return EventType.PROPOSAL_MADE;
  }
}
