package org.firstpass.review;

import java.time.Duration;
import java.time.Instant;

/**
 * The right of one reader to write a task, for a while.
 *
 * <p>An expired lease is not yet a lost one: it is lost when somebody else claims the task, because
 * then the transaction is another. Until then its holder may renew it or submit.
 *
 * @param holder the subject of the reader
 * @param transaction shown with every write
 * @param claimed when this transaction began
 * @param until from then on others may claim the task
 */
public record Lease(String holder, TransactionUid transaction, Instant claimed, Instant until) {
  public Lease {
    if (holder.isBlank()) {
      throw new IllegalArgumentException("a lease has a holder");
    }
    if (until.isBefore(claimed)) {
      throw new IllegalArgumentException(
          "a lease ends after it began, but began at " + claimed + " and ends at " + until);
    }
  }

  public boolean hasExpired(Instant now) {
    return !now.isBefore(until);
  }

  public Lease renewed(Instant now, Duration length) {
    return new Lease(holder, transaction, claimed, now.plus(length));
  }

  /** The active time as sent, at least 0 and at most the time for which the reader had the task. */
  public long boundedActiveMillis(long sent, Instant now) {
    return Math.max(0, Math.min(sent, Duration.between(claimed, now).toMillis()));
  }
}
