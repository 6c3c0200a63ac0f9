package org.firstpass.intake;

import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesArrived;
import org.firstpass.review.ReviewCase;

/**
 * Where proposals become tasks. Each method is one transaction and does nothing the second time.
 */
public interface IntakeLedger {

  /** What became of a proposal that was told. */
  enum Admission {
    /** There is a task now. */
    ADMITTED,
    /** There was a task already. */
    KNOWN,
    /** A later revision of the series is already there; the task is discontinued from the start. */
    OUTDATED
  }

  /**
   * Makes the task of a proposal, and discontinues waiting tasks of earlier revisions of the same
   * series and package; tasks that a reader holds are left.
   */
  Admission admit(ReviewCase subject, double orderKey);

  void arrived(SeriesArrived event);

  void refused(ProposalRefused event);

  void failed(ProposalFailed event);
}
