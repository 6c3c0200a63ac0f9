package org.firstpass.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.volume.LabelMap;

/** Does the steps of a draft again, from the labels of the proposal. Not thread-safe. */
public final class Replay {
  private final int maxLabel;
  private final short[] labels;
  private final Deque<Step> past = new ArrayDeque<>();
  private final Deque<Step> future = new ArrayDeque<>();
  private int last;

  private Replay(LabelMap proposed, int maxLabel) {
    this.maxLabel = maxLabel;
    this.labels = proposed.toArray();
  }

  /**
   * The labels after the last step.
   *
   * @param maxLabel the highest segment number of the schema
   * @throws InconsistentSubmission if a step is missing, or does not fit to those before it
   */
  public static LabelMap of(LabelMap proposed, int maxLabel, List<JournalEntry> entries) {
    var replay = new Replay(proposed, maxLabel);
    entries.forEach(replay::add);
    return new LabelMap(proposed.geometry(), replay.labels);
  }

  private void add(JournalEntry entry) {
    if (entry.number() != last + 1) {
      throw new InconsistentSubmission("step " + (last + 1) + " of the journal is missing");
    }
    switch (entry.kind()) {
      case EDIT -> edit(entry);
      case UNDO -> move(entry, past, future);
      case REDO -> move(entry, future, past);
    }
    last = entry.number();
  }

  private void edit(JournalEntry entry) {
    var step = new Step(entry.number(), new ArrayList<>());
    entry
        .runs()
        .forEach(
            labels.length,
            maxLabel,
            (start, length, label) -> step.changes().add(change(start, length, label)));
    past.push(step);
    future.clear();
  }

  private Change change(int start, int length, int label) {
    var before = new short[length];
    for (int i = 0; i < length; i++) {
      before[i] = labels[start + i];
      labels[start + i] = (short) label;
    }
    return new Change(start, before);
  }

  private void move(JournalEntry entry, Deque<Step> from, Deque<Step> to) {
    Step step = from.poll();
    if (step == null || step.number() != entry.of()) {
      throw new InconsistentSubmission(
          "step "
              + entry.number()
              + " of the journal is "
              + entry.kind()
              + " of step "
              + entry.of()
              + ", which is not the one in question");
    }
    step.changes().forEach(change -> change.swap(labels));
    to.push(step);
  }

  private record Step(int number, List<Change> changes) {}

  /** What a run of voxels had or will have; swapped with what they have. */
  private static final class Change {
    private final int start;
    private final short[] other;

    Change(int start, short[] other) {
      this.start = start;
      this.other = other;
    }

    void swap(short[] labels) {
      for (int i = 0; i < other.length; i++) {
        short there = labels[start + i];
        labels[start + i] = other[i];
        other[i] = there;
      }
    }
  }
}
