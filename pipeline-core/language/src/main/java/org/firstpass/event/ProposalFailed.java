package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SeriesInstanceUid;

/** A series on which the worker itself failed: {@code firstpass.proposals}. */
public record ProposalFailed(
    UUID id, Instant time, SeriesInput input, ReasonCode reason, String explanation)
    implements FirstpassEvent {

  @Override
  public SeriesInstanceUid series() {
    return input.reference().series();
  }

  @Override
  public EventType type() {
    return EventType.PROPOSAL_FAILED;
  }
}
