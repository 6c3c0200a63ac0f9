package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;

/** A series on which the worker itself failed: {@code firstpass.proposals}. */
public record ProposalFailed(
    UUID id, Instant time, SeriesInput input, ReasonCode reason, String explanation)
    implements SeriesEvent {

  @Override
  public EventType type() {
    return EventType.PROPOSAL_FAILED;
  }
}
