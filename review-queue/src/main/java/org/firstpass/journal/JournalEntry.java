package org.firstpass.journal;

import java.time.Instant;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.finding.FindingChange;
import org.jspecify.annotations.Nullable;

/**
 * One step of a reader.
 *
 * @param number counts the steps of a draft from 1 without a gap
 * @param of the edit that an undo takes back or a redo makes again; 0 of an edit
 * @param tool that made an edit, in lower case; empty of an undo or redo
 * @param segment that was worked on; 0 if none
 * @param at when it ended, by the reader's clock
 * @param activeMillis how long the hand was at work on it
 * @param pathMm how far the pointer went, in mm of the patient
 * @param runs what an edit of labels left where
 * @param finding what an edit did to a finding, null if it is one of labels
 */
public record JournalEntry(
    int number,
    Kind kind,
    int of,
    String tool,
    int segment,
    Instant at,
    long activeMillis,
    double pathMm,
    Runs runs,
    @Nullable FindingChange finding) {

  /** A step on labels, or one that takes back or makes again. */
  public JournalEntry(
      int number,
      Kind kind,
      int of,
      String tool,
      int segment,
      Instant at,
      long activeMillis,
      double pathMm,
      Runs runs) {
    this(number, kind, of, tool, segment, at, activeMillis, pathMm, runs, null);
  }

  /** What a step does to the ones before it. */
  public enum Kind {
    EDIT,
    UNDO,
    REDO
  }

  public JournalEntry {
    boolean edit = kind == Kind.EDIT;
    if (number < 1) {
      throw new InconsistentSubmission("steps are counted from 1, not from " + number);
    }
    if (edit == (of != 0) || (!edit && (of < 1 || of >= number))) {
      throw new InconsistentSubmission(
          "step " + number + " is of kind " + kind + " and cannot speak of step " + of);
    }
    if (!tool.matches("[a-z-]{0,40}") || edit == tool.isEmpty()) {
      throw new InconsistentSubmission("step " + number + " has no tool that can be");
    }
    boolean painted = !runs.equals(Runs.NONE);
    if (edit == (painted == (finding != null)) || (!edit && painted)) {
      throw new InconsistentSubmission(
          "step " + number + " changes labels or a finding if it is an edit, and else nothing");
    }
    if (segment < 0 || activeMillis < 0 || !(pathMm >= 0) || Double.isInfinite(pathMm)) {
      throw new InconsistentSubmission(
          "step " + number + " has a segment, a time and a way of at least 0");
    }
  }
}
