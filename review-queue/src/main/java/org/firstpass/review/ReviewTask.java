package org.firstpass.review;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The review of one proposal, as the state that it is in.
 *
 * <p>Each state has only the transitions that may follow, so a wrong one does not compile; {@link
 * ReviewState#to} says the same where the state comes from a row. Values are immutable.
 */
public sealed interface ReviewTask {

  ReviewCase subject();

  ReviewState state();

  default UUID id() {
    return subject().id();
  }

  /** Nobody has it. */
  record Waiting(ReviewCase subject) implements ReviewTask {
    @Override
    public ReviewState state() {
      return ReviewState.WAITING;
    }

    public Claimed claim(Lease lease) {
      return new Claimed(subject, lease);
    }

    public Discontinued discontinue(Discontinuation why) {
      return new Discontinued(subject, why);
    }
  }

  /** A reader has it, for as long as the lease lasts and nobody took it over. */
  record Claimed(ReviewCase subject, Lease lease) implements ReviewTask {
    @Override
    public ReviewState state() {
      return ReviewState.CLAIMED;
    }

    public Claimed renew(Instant now, Duration length) {
      return new Claimed(subject, lease.renewed(now, length));
    }

    public Waiting release() {
      return new Waiting(subject);
    }

    /** Another reader takes over, if the lease is over. */
    public Optional<Claimed> takeOver(Lease next, Instant now) {
      return lease.hasExpired(now) ? Optional.of(new Claimed(subject, next)) : Optional.empty();
    }

    public Submitted submit(UUID correction, Instant at) {
      return new Submitted(subject, new Decision(correction, lease.holder(), at));
    }

    public Discontinued discontinue(Discontinuation why) {
      return new Discontinued(subject, why);
    }
  }

  /**
   * The reader has decided, and may undo that for a while; then the reading plan says whether it is
   * enough.
   */
  record Submitted(ReviewCase subject, Decision decision) implements ReviewTask {
    @Override
    public ReviewState state() {
      return ReviewState.SUBMITTED;
    }

    public Accepted accept() {
      return new Accepted(subject, decision);
    }

    /** The reader takes the decision back and goes on under another transaction. */
    public Claimed undo(Lease next) {
      return new Claimed(subject, next);
    }

    public Returned giveBack(String explanation) {
      return new Returned(subject, decision, explanation);
    }
  }

  /** Done: the decision is a correction that can be learned from. */
  record Accepted(ReviewCase subject, Decision decision) implements ReviewTask {
    @Override
    public ReviewState state() {
      return ReviewState.ACCEPTED;
    }
  }

  /** Read, and to be read again; the decision stays as a revision. */
  record Returned(ReviewCase subject, Decision decision, String explanation) implements ReviewTask {
    @Override
    public ReviewState state() {
      return ReviewState.RETURNED;
    }

    public Claimed claim(Lease lease) {
      return new Claimed(subject, lease);
    }

    public Discontinued discontinue(Discontinuation why) {
      return new Discontinued(subject, why);
    }
  }

  /** Done without a correction, for a coded reason. */
  record Discontinued(ReviewCase subject, Discontinuation why) implements ReviewTask {
    @Override
    public ReviewState state() {
      return ReviewState.DISCONTINUED;
    }
  }

  /** Which correction was submitted, by whom, when. */
  record Decision(UUID correction, String reader, Instant at) {}

  /** For which reason it ended, who said so, when. */
  record Discontinuation(DiscontinuationReason reason, String by, Instant at) {}
}
