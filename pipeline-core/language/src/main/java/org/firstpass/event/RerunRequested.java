package org.firstpass.event;

import java.time.Instant;
import java.util.UUID;

/**
 * A reader wants the package of a proposal to look again at a box of the series: {@code
 * firstpass.reruns}. Its id is the request's.
 *
 * @param proposal that the reader corrects
 */
public record RerunRequested(
    UUID id,
    Instant time,
    SeriesInput input,
    UUID proposal,
    PackageReference modelPackage,
    RequestedBox box)
    implements SeriesEvent {

  @Override
  public EventType type() {
    return EventType.RERUN_REQUESTED;
  }
}
