package org.firstpass.journal;

import java.util.List;
import java.util.UUID;

/**
 * The steps of readers on tasks. A reader has one open draft per task, whatever becomes of the
 * lease; it is closed by the correction that was made of it. Safe to use from many threads and
 * processes at once; what was kept survives a crash.
 */
public interface StrokeJournal {

  /** The steps of the reader's open draft in order; none if there is no such draft. */
  List<JournalEntry> open(UUID task, String reader);

  /**
   * The steps that a correction is or was made of: those of the draft that it has closed, or else
   * of the open one. So a submission that is sent again leads to the same labels.
   */
  List<JournalEntry> submitted(UUID task, String reader, UUID correction);

  /**
   * Whose steps of the reader's open draft begin where; none if all of them are the reader's own.
   */
  List<Turn> turns(UUID task, String reader);

  /**
   * That a reader made the steps of a draft from this one on, up to the next turn.
   *
   * @param first the number of the step
   */
  record Turn(int first, String reader) {}

  /**
   * Keeps steps that follow the last one that is kept. Those that are there already, with the same
   * content, are passed over.
   */
  Answer append(UUID task, String reader, List<JournalEntry> entries);

  /** What became of steps. */
  sealed interface Answer {
    /** All of them are kept; this is the number of the last one. */
    record Kept(int last) implements Answer {}

    /** None was kept: the draft, whose last step has this number, went on in another way. */
    record MovedOn(int last) implements Answer {}

    /** There is no such task. */
    record NoTask() implements Answer {}
  }
}
