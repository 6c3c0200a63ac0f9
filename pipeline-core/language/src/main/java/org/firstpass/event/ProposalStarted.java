package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A worker took a series and knows which package runs over it: {@code firstpass.proposals}.
 *
 * @param device on which it runs
 * @param expectedMillis until its outcome, as measured on this device; null if nothing was measured
 */
public record ProposalStarted(
    UUID id,
    Instant time,
    SeriesInput input,
    PackageReference modelPackage,
    String device,
    @Nullable Long expectedMillis)
    implements SeriesEvent {

  @Override
  public EventType type() {
    return EventType.PROPOSAL_STARTED;
  }
}
