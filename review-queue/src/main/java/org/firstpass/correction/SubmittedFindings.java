package org.firstpass.correction;

import java.util.List;
import org.firstpass.event.ProposalMade;
import org.firstpass.finding.Finding;

/** The findings of a submission, in whatever form they were sent. */
@FunctionalInterface
public interface SubmittedFindings {
  /** Nothing beside the labels. */
  SubmittedFindings NONE = proposal -> List.of();

  /**
   * The findings.
   *
   * @throws InconsistentSubmission if what was sent leads to none
   */
  List<Finding> of(ProposalMade proposal);
}
