package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;

/** A series that cannot be segmented, and why: {@code firstpass.proposals}. */
public record ProposalRefused(
    UUID id, Instant time, SeriesInput input, ReasonCode reason, String explanation)
    implements FirstpassEvent {

  @Override
  public SeriesInstanceUid series() {
    return input.reference().series();
  }

  @Override
  public EventType type() {
    return EventType.PROPOSAL_REFUSED;
  }
}
