package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.failure.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * A series that cannot be segmented, and why: {@code firstpass.proposals}.
 *
 * @param explanation what was expected and what was found, without patient data
 * @param route the stored story of the routing rules that were looked at, null if none was
 */
public record ProposalRefused(
    UUID id,
    Instant time,
    SeriesInput input,
    ReasonCode reason,
    String explanation,
    @Nullable ObjectReference route)
    implements SeriesEvent {

  /** A refusal before any rule was looked at. */
  public ProposalRefused(
      UUID id, Instant time, SeriesInput input, ReasonCode reason, String explanation) {
    this(id, time, input, reason, explanation, null);
  }

  @Override
  public EventType type() {
    return EventType.PROPOSAL_REFUSED;
  }
}
