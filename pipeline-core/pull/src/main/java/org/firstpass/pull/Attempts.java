package org.firstpass.pull;

import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.peer.RetryBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one row: it is done, tried again later, or fails. Safe for use by many threads.
 */
final class Attempts {
  /** How an attempt ended. */
  enum Outcome {
    DONE,
    LATER,
    FAILED,
    /** Given back: we were the trouble, or somebody else has it now. */
    RELEASED
  }

  /** What is tried. */
  interface Work {
    /**
     * Does it and writes down that it is done.
     *
     * @return whether the row was still ours
     */
    boolean run();
  }

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final Duration RELEASE_WAIT = Duration.ofSeconds(5);

  private final String source;
  private final RetryBudget budget;
  private final Clock clock;

  Attempts(PullSource source, Clock clock) {
    this.source = source.title();
    this.budget = source.budget();
    this.clock = clock;
  }

  Outcome run(LeasedRows rows, Lease lease, String what, Work work) {
    if (lease.attempts() > budget.attempts()) {
      String told = "every process that tried it ended before it was done";
      return end(rows, lease, what, new Told(ReasonCode.PULL_ABANDONED, told));
    }
    try {
      return work.run() ? Outcome.DONE : lost(what);
    } catch (TryAgainLater e) {
      return isOurs(e) ? release(rows, lease, what, e) : later(rows, lease, what, Told.of(e));
    } catch (FirstpassFailure e) {
      return end(rows, lease, what, Told.of(e));
    }
  }

  private record Told(ReasonCode reason, String text) {
    static Told of(FirstpassFailure failure) {
      return new Told(failure.code(), String.valueOf(failure.getMessage()));
    }
  }

  private static boolean isOurs(TryAgainLater e) {
    return switch (e.code()) {
      case STORE_FULL, STORE_UNAVAILABLE, DATABASE_UNAVAILABLE, GATEWAY_BUSY -> true;
      default -> Thread.currentThread().isInterrupted();
    };
  }

  private Outcome later(LeasedRows rows, Lease lease, String what, Told told) {
    if (budget.isUsedUp(lease.attempts())) {
      String all = told.text() + "; given up after " + lease.attempts() + " attempts";
      return end(rows, lease, what, new Told(told.reason(), all));
    }
    Duration wait = budget.waitAfter(lease.attempts(), RandomGenerator.getDefault());
    var trouble =
        new Trouble(PullState.WAITING, clock.instant().plus(wait), told.reason(), told.text());
    return write(rows, lease, what, trouble, Outcome.LATER);
  }

  private Outcome end(LeasedRows rows, Lease lease, String what, Told told) {
    var trouble = new Trouble(PullState.FAILED, clock.instant(), told.reason(), told.text());
    return write(rows, lease, what, trouble, Outcome.FAILED);
  }

  private Outcome write(
      LeasedRows rows, Lease lease, String what, Trouble trouble, Outcome outcome) {
    if (!rows.troubled(lease, trouble, clock.instant())) {
      return lost(what);
    }
    LOG.warn(
        "{} from {} attempt {}: {} {} {}",
        what,
        source,
        lease.attempts(),
        trouble.next(),
        trouble.reason().code(),
        trouble.explanation());
    return outcome;
  }

  private Outcome release(LeasedRows rows, Lease lease, String what, TryAgainLater why) {
    // The database takes no statement from an interrupted thread.
    boolean interrupted = Thread.interrupted();
    rows.release(lease, clock.instant().plus(interrupted ? Duration.ZERO : RELEASE_WAIT));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    LOG.info("{} from {} waits: {} {}", what, source, why.code().code(), why.getMessage());
    return Outcome.RELEASED;
  }

  private Outcome lost(String what) {
    LOG.warn("{} from {}: the lease is lost, another attempt counts", what, source);
    return Outcome.RELEASED;
  }
}
