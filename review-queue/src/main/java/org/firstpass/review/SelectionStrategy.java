package org.firstpass.review;

import java.time.Instant;
import java.util.Optional;
import org.firstpass.event.ProposalMade;

/**
 * A named rule that says which proposal is read next.
 *
 * <p>The points for waiting grow equally fast for every task, so that the order of two tasks never
 * changes while they wait, and a database index on {@link #orderKey} is the order.
 */
public interface SelectionStrategy {

  String name();

  /**
   * The points of a proposal and why, as of now.
   *
   * @param interest in the case, which takes the place of the package's own doubt
   */
  PriorityScore score(
      ProposalMade proposal, Optional<Interest> interest, Instant arrived, Instant now);

  /** The largest is read next; does not depend on when it is asked. */
  double orderKey(ProposalMade proposal, Optional<Interest> interest, Instant arrived);

  /** The points of a proposal in which nobody took an interest yet. */
  default PriorityScore score(ProposalMade proposal, Instant arrived, Instant now) {
    return score(proposal, Optional.empty(), arrived, now);
  }

  /** The order of a proposal in which nobody took an interest yet. */
  default double orderKey(ProposalMade proposal, Instant arrived) {
    return orderKey(proposal, Optional.empty(), arrived);
  }
}
