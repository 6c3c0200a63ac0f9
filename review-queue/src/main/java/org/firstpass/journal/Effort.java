package org.firstpass.journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.firstpass.event.ReaderEffort;

/** Sums up what the steps of a draft cost their reader. Not thread-safe. */
public final class Effort {
  private int edits;
  private int undos;
  private long millis;
  private double pathMm;
  private final Set<Integer> takenBack = new HashSet<>();
  private final SortedMap<String, ReaderEffort.OfTool> tools = new TreeMap<>();
  private final SortedMap<Integer, ReaderEffort.OfSegment> segments = new TreeMap<>();

  private Effort() {}

  /** What the steps cost in all, by tool and by segment. */
  public static ReaderEffort of(List<JournalEntry> entries) {
    var effort = new Effort();
    entries.forEach(effort::add);
    return new ReaderEffort(
        effort.edits,
        effort.undos,
        effort.takenBack.size(),
        effort.millis,
        effort.pathMm,
        new ArrayList<>(effort.tools.values()),
        new ArrayList<>(effort.segments.values()));
  }

  private void add(JournalEntry entry) {
    millis += entry.activeMillis();
    pathMm += entry.pathMm();
    switch (entry.kind()) {
      case EDIT -> edit(entry);
      case UNDO -> {
        undos++;
        takenBack.add(entry.of());
      }
      case REDO -> takenBack.remove(entry.of());
    }
  }

  private void edit(JournalEntry entry) {
    edits++;
    long active = entry.activeMillis();
    tools.merge(
        entry.tool(),
        new ReaderEffort.OfTool(entry.tool(), 1, active),
        (sum, one) ->
            new ReaderEffort.OfTool(
                sum.tool(), sum.edits() + 1, sum.drawingMillis() + one.drawingMillis()));
    segments.merge(
        entry.segment(),
        new ReaderEffort.OfSegment(entry.segment(), 1, active, entry.pathMm()),
        (sum, one) ->
            new ReaderEffort.OfSegment(
                sum.segmentNumber(),
                sum.edits() + 1,
                sum.drawingMillis() + one.drawingMillis(),
                sum.pathMm() + one.pathMm()));
  }
}
