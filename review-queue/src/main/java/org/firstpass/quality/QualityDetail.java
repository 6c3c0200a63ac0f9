package org.firstpass.quality;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * All that is counted of one correction.
 *
 * @param series Series Instance UID of what was segmented
 * @param undos of its journal; none if nothing was drawn here
 * @param segments that were proposed or drawn, by number
 * @param tools the one that took longest first
 */
public record QualityDetail(
    QualityCase summary,
    String series,
    OptionalLong undos,
    List<Segment> segments,
    List<QualityTool> tools) {
  public QualityDetail {
    segments = List.copyOf(segments);
    tools = List.copyOf(tools);
  }

  /** What became of one segment, and what it cost. */
  public record Segment(
      String label,
      String verdict,
      double dice,
      Surface surface,
      OptionalLong edits,
      OptionalDouble drawingSeconds) {}

  /** How far its surface moved, as far as that was measured. */
  public record Surface(
      OptionalDouble surfaceDice, OptionalDouble meanDistanceMm, OptionalDouble addedPathMm) {}
}
