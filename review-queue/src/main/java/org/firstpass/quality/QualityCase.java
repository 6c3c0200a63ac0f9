package org.firstpass.quality;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A correction behind a figure.
 *
 * @param edits of its journal; none if nothing was drawn here
 * @param dice of the segment that agreed the least
 * @param addedPathMm of all segments
 * @param verdicts how many segments have which
 */
public record QualityCase(
    UUID task,
    UUID correction,
    Instant at,
    Origin origin,
    double activeSeconds,
    OptionalLong edits,
    OptionalDouble dice,
    OptionalDouble addedPathMm,
    Map<String, Long> verdicts) {
  public QualityCase {
    verdicts = Map.copyOf(verdicts);
  }

  /** Who corrected what came from where. */
  public record Origin(String reader, String version, String scanner, String protocol) {}
}
