package org.firstpass.correction;

import java.util.List;
import java.util.UUID;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.review.Fence;
import org.firstpass.review.TaskAnswer;

/**
 * Decisions that their readers may still undo. Of an undo and the end of the grace one happens,
 * whichever process does it; safe to use from many threads and processes.
 */
public interface GracePeriods {

  /**
   * Takes a decision back: its reader holds the task again under a new transaction and goes on with
   * the journal as it was; the revision stays as an undone one. Asked again, it answers the same.
   *
   * @param fence the reader and the transaction with which the decision was submitted
   */
  TaskAnswer undo(UUID task, Fence fence);

  /**
   * Accepts up to so many decisions whose grace is over, each with its event in one transaction.
   *
   * @return the corrections that became final by this call
   */
  List<CorrectionAccepted> acceptDue(int limit);
}
