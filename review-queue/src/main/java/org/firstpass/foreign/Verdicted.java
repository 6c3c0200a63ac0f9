package org.firstpass.foreign;

import java.util.List;
import org.firstpass.correction.Painting;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.correction.Submission;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.volume.LabelMap;

/** What an examination came to. */
sealed interface Verdicted {

  /** It cannot be submitted as it is: to be refused, or kept for a person. */
  record Undecided(Filed filed) implements Verdicted {}

  /**
   * It says what holds of every segment of a task.
   *
   * @param labels on the grid of the task's proposal
   */
  record Ready(
      Candidate candidate, LabelMap labels, List<SegmentVerdict> verdicts, Examination examination)
      implements Verdicted {
    public Ready {
      verdicts = List.copyOf(verdicts);
    }

    /** How long somebody worked on it elsewhere is not known: no active time is claimed. */
    Submission submission() {
      Painting drawn = (proposal, proposed) -> labels;
      return new Submission(verdicts, drawn, 0);
    }
  }
}
