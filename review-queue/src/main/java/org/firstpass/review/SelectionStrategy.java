package org.firstpass.review;

import java.time.Instant;
import org.firstpass.event.ProposalMade;

/**
 * A named rule that says which proposal is read next.
 *
 * <p>The points for waiting grow equally fast for every task, so that the order of two tasks never
 * changes while they wait, and a database index on {@link #orderKey} is the order.
 */
public interface SelectionStrategy {

  String name();

  /** The points of a proposal and why, as of now. */
  PriorityScore score(ProposalMade proposal, Instant arrived, Instant now);

  /** The largest is read next; does not depend on when it is asked. */
  double orderKey(ProposalMade proposal, Instant arrived);
}
