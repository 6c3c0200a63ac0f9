package org.firstpass.drift;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That a group became worse, for a person to look into.
 *
 * @param acknowledged none as long as nobody did
 */
public record DriftAlarm(
    UUID id, Instant raised, DriftFinding finding, Optional<Acknowledgement> acknowledged) {

  /** Who took note of it, when, and what they make of it. */
  public record Acknowledgement(String by, Instant at, String note) {}
}
