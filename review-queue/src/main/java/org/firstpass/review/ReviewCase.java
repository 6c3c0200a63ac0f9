package org.firstpass.review;

import java.time.Instant;
import java.util.UUID;
import org.firstpass.event.ProposalMade;
import org.firstpass.study.NameBasedUuid;

/**
 * What is to be reviewed: one proposal, and why it is read when it is.
 *
 * @param id of the task: derived from the proposal, or from what asked for one more reading of it
 * @param proposal the event that asked for the review
 * @param score as it was when the task was made
 * @param arrived when the task was made; waiting counts from here
 */
public record ReviewCase(UUID id, ProposalMade proposal, PriorityScore score, Instant arrived) {

  /** The first reading of a proposal, for which nobody has to ask. */
  public ReviewCase(ProposalMade proposal, PriorityScore score, Instant arrived) {
    this(taskOf(proposal.id()), proposal, score, arrived);
  }

  /** The task of a proposal: the same proposal gives the same task, however often it is told. */
  public static UUID taskOf(UUID proposal) {
    return NameBasedUuid.of("review-task", proposal.toString());
  }
}
