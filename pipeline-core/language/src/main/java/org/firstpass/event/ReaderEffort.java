package org.firstpass.event;

import java.util.List;

/**
 * What a correction cost its reader, as the steps of the journal show. Work that was taken back is
 * work all the same.
 *
 * @param edits that were made, taken back or not
 * @param undos how often the reader took one back
 * @param takenBack edits that do not hold in the end
 * @param drawingMillis how long the hand was at work; the reader's whole time is longer
 * @param pathMm how far the pointer went, in mm of the patient
 */
public record ReaderEffort(
    int edits,
    int undos,
    int takenBack,
    long drawingMillis,
    double pathMm,
    List<OfTool> tools,
    List<OfSegment> segments) {
  public ReaderEffort {
    tools = List.copyOf(tools);
    segments = List.copyOf(segments);
  }

  /** Work with one tool. */
  public record OfTool(String tool, int edits, long drawingMillis) {}

  /** Work on one segment. */
  public record OfSegment(int segmentNumber, int edits, long drawingMillis, double pathMm) {}
}
