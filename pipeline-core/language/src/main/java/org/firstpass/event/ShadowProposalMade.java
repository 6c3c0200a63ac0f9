package org.firstpass.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a package in shadow would have proposed: {@code firstpass.proposals}. Nobody is shown it.
 *
 * @param served the package whose proposal was shown
 * @param labels the stored label map of the package in shadow
 * @param agreement with the proposal that was shown, by segment number
 */
public record ShadowProposalMade(
    UUID id,
    Instant time,
    SeriesInput input,
    PackageReference modelPackage,
    PackageReference served,
    ObjectReference labels,
    List<SegmentAgreement> agreement,
    long inferenceMillis)
    implements SeriesEvent {
  public ShadowProposalMade {
    agreement = List.copyOf(agreement);
  }

  @Override
  public EventType type() {
    return EventType.SHADOW_PROPOSAL_MADE;
  }
}
