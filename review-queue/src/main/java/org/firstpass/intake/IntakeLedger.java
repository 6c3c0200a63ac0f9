package org.firstpass.intake;

import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.ShadowProposalMade;
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
    /**
     * A later revision of the series, or a later proposal of the same package, is already there;
     * the task is discontinued from the start.
     */
    OUTDATED
  }

  /**
   * Makes the task of a proposal, ends what its package had begun, and discontinues the waiting
   * tasks that it replaces: those of the same series and the same package (by name) that are of an
   * earlier revision, or of the same revision and proposed earlier, by another version. Proposals
   * of other packages have tasks of their own; tasks that a reader holds are left.
   */
  Admission admit(ReviewCase subject, double orderKey);

  /** A worker began; nothing is remembered as under way if its outcome is known already. */
  void started(ProposalStarted event);

  void arrived(SeriesArrived event);

  void refused(ProposalRefused event);

  void failed(ProposalFailed event);

  /** A package in shadow ran; how far it agrees may make the case more worth reading. */
  void shadowed(ShadowProposalMade event);

  /** Every worker that took the series ended; what one of them had told of its end stands. */
  void lost(ProposalFailed event);
}
