package org.firstpass.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a draft cost its reader, as its steps show.
 *
 * @param activeMillis of all steps
 * @param edits that were made, taken back or not
 * @param takenBack edits that do not hold in the end
 * @param segments per segment number
 * @param tools how many edits each tool made
 */
public record Effort(
    long activeMillis,
    int edits,
    int takenBack,
    Map<Integer, OfSegment> segments,
    Map<String, Integer> tools) {

  /**
   * Work on one segment.
   *
   * @param pathMm how far the pointer went, in mm of the patient
   */
  public record OfSegment(int edits, long activeMillis, double pathMm) {
    private OfSegment plus(JournalEntry entry) {
      return new OfSegment(edits + 1, activeMillis + entry.activeMillis(), pathMm + entry.pathMm());
    }
  }

  public Effort {
    segments = Map.copyOf(segments);
    tools = Map.copyOf(tools);
  }

  public static Effort of(List<JournalEntry> entries) {
    long activeMillis = 0;
    int edits = 0;
    Set<Integer> takenBack = new HashSet<>();
    Map<Integer, OfSegment> segments = new HashMap<>();
    Map<String, Integer> tools = new TreeMap<>();
    for (JournalEntry entry : entries) {
      activeMillis += entry.activeMillis();
      switch (entry.kind()) {
        case EDIT -> {
          edits++;
          tools.merge(entry.tool(), 1, Integer::sum);
          segments.merge(
              entry.segment(), new OfSegment(0, 0, 0).plus(entry), (sum, one) -> sum.plus(entry));
        }
        case UNDO -> takenBack.add(entry.of());
        case REDO -> takenBack.remove(entry.of());
      }
    }
    return new Effort(activeMillis, edits, takenBack.size(), segments, tools);
  }
}
