package org.firstpass.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.firstpass.delivery.LaneRows.Trouble;
import org.firstpass.dicom.StoreAnswer;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.peer.RetryBudget;
import org.firstpass.study.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one object: make it, check it, send it, have it confirmed; every step is written
 * down before the next one begins. Safe for use by many threads.
 */
final class Attempt {
  /** How an attempt ended. */
  enum Outcome {
    DELIVERED,
    LATER,
    FAILED,
    QUARANTINED,
    /** Given back: store or process were the trouble, or somebody else has it now. */
    RELEASED
  }

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
  private static final Duration RELEASE_WAIT = Duration.ofSeconds(5);

  private final LaneTerms terms;
  private final Doors doors;
  private final LaneRows rows;
  private final Workshop workshop;
  private final Clock clock;

  Attempt(LaneTerms terms, Doors doors, LaneRows rows, Workshop workshop, Clock clock) {
    this.terms = terms;
    this.doors = doors;
    this.rows = rows;
    this.workshop = workshop;
    this.clock = clock;
  }

  /** Goes on from where the last attempt stopped. */
  Outcome run(Claim claim) {
    if (terms.budget().isUsedUp(claim.attempts() - 1)) {
      String told = "every process that tried it ended before it was done";
      return end(claim, DeliveryState.FAILED, ReasonCode.DELIVERY_LIMIT, told);
    }
    try {
      return next(claim);
    } catch (FirstpassFailure e) {
      // The database is away; the lease brings the object back.
      throw e;
    } catch (RuntimeException e) {
      LOG.error("event {} {} to {}", claim.event(), claim.object(), terms.title(), e);
      DeliveryState next =
          claim.acknowledged() ? DeliveryState.AWAITING_CONFIRMATION : DeliveryState.PENDING;
      return later(claim, next, ReasonCode.UNEXPECTED, e.getClass().getName());
    }
  }

  private Outcome next(Claim claim) {
    if (claim.acknowledged()) {
      return confirm(claim);
    }
    return claim.forms().isEmpty() ? make(claim) : send(claim);
  }

  private Outcome make(Claim claim) {
    List<Sha256> forms;
    boolean mine;
    try {
      forms = workshop.make(claim);
      List<String> findings = workshop.findings(forms);
      if (!findings.isEmpty()) {
        String told = String.join("\n", findings);
        return end(claim, DeliveryState.QUARANTINED, ReasonCode.OBJECT_UNSOUND, told);
      }
      mine = rows.made(claim, workshop.instance(forms), forms);
    } catch (TryAgainLater e) {
      return release(claim, e);
    } catch (FirstpassFailure e) {
      String told = e.code().code() + " " + e.getMessage();
      return end(claim, DeliveryState.FAILED, ReasonCode.OBJECT_NOT_MADE, told);
    }
    return mine ? send(claim.with(forms)) : lost(claim);
  }

  private Outcome send(Claim claim) {
    StoreAnswer answer;
    try {
      answer =
          doors.door().store(claim.forms().stream().map(workshop::source).toList(), terms.limit());
    } catch (TryAgainLater e) {
      return later(claim, DeliveryState.PENDING, e);
    } catch (FirstpassFailure e) {
      // What is stored cannot be read as the object that it was.
      return end(claim, DeliveryState.FAILED, e.code(), String.valueOf(e.getMessage()));
    }
    String told = "the destination answered " + answer.told();
    return switch (answer.kind()) {
      case STORED -> rows.acknowledged(claim, clock.instant()) ? confirm(claim) : lost(claim);
      case BUSY -> later(claim, DeliveryState.PENDING, ReasonCode.DESTINATION_BUSY, told);
      case REFUSED -> end(claim, DeliveryState.FAILED, ReasonCode.DELIVERY_REFUSED, told);
    };
  }

  private Outcome confirm(Claim claim) {
    Confirmation.Answer answer;
    try {
      answer = doors.confirmation().confirm(workshop.source(claim.forms().get(0)), terms.limit());
    } catch (TryAgainLater e) {
      return later(claim, DeliveryState.AWAITING_CONFIRMATION, e);
    } catch (FirstpassFailure e) {
      String told = String.valueOf(e.getMessage());
      return later(claim, DeliveryState.AWAITING_CONFIRMATION, e.code(), told);
    }
    return switch (answer) {
      case KEPT -> delivered(claim);
      case MISSING ->
          later(
              claim,
              DeliveryState.PENDING,
              ReasonCode.NOT_KEPT,
              "acknowledged, but not there when it was asked for");
      case DIFFERENT ->
          later(
              claim,
              DeliveryState.PENDING,
              ReasonCode.KEPT_DIFFERENT,
              "what was read back is not what was sent");
      case NOT_YET ->
          later(
              claim,
              DeliveryState.AWAITING_CONFIRMATION,
              ReasonCode.NOT_YET_CONFIRMED,
              "acknowledged, and no answer yet whether it is kept");
    };
  }

  private Outcome delivered(Claim claim) {
    if (!rows.delivered(claim, clock.instant())) {
      return lost(claim);
    }
    LOG.info(
        "event {} {} to {}: delivered and confirmed", claim.event(), claim.object(), terms.title());
    return Outcome.DELIVERED;
  }

  private Outcome later(Claim claim, DeliveryState next, TryAgainLater why) {
    boolean notTheirs =
        why.code() == ReasonCode.STORE_UNAVAILABLE || Thread.currentThread().isInterrupted();
    return notTheirs
        ? release(claim, why)
        : later(claim, next, why.code(), String.valueOf(why.getMessage()));
  }

  /** Another attempt if the budget has one, or the end. */
  private Outcome later(Claim claim, DeliveryState next, ReasonCode reason, String told) {
    RetryBudget budget = terms.budget();
    if (budget.isUsedUp(claim.attempts())) {
      String all = told + "; given up after " + claim.attempts() + " attempts";
      return end(claim, DeliveryState.FAILED, reason, all);
    }
    Duration wait = budget.waitAfter(claim.attempts(), RandomGenerator.getDefault());
    var trouble = new Trouble(next, clock.instant().plus(wait), reason, told);
    return write(claim, trouble, Outcome.LATER);
  }

  private Outcome end(Claim claim, DeliveryState state, ReasonCode reason, String told) {
    var trouble = new Trouble(state, clock.instant(), reason, told);
    boolean unsound = state == DeliveryState.QUARANTINED;
    return write(claim, trouble, unsound ? Outcome.QUARANTINED : Outcome.FAILED);
  }

  private Outcome write(Claim claim, Trouble trouble, Outcome outcome) {
    if (!rows.troubled(claim, trouble, clock.instant())) {
      return lost(claim);
    }
    LOG.warn(
        "event {} {} to {} attempt {}: {} {} {}",
        claim.event(),
        claim.object(),
        terms.title(),
        claim.attempts(),
        trouble.next(),
        trouble.reason().code(),
        trouble.explanation());
    return outcome;
  }

  private Outcome release(Claim claim, TryAgainLater why) {
    // The database takes no statement from an interrupted thread.
    boolean interrupted = Thread.interrupted();
    rows.release(claim, clock.instant().plus(interrupted ? Duration.ZERO : RELEASE_WAIT));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    LOG.info(
        "event {} {} to {} waits: {} {}",
        claim.event(),
        claim.object(),
        terms.title(),
        why.code().code(),
        why.getMessage());
    return Outcome.RELEASED;
  }

  private Outcome lost(Claim claim) {
    LOG.warn(
        "event {} {} to {}: the lease ran out, another attempt counts",
        claim.event(),
        claim.object(),
        terms.title());
    return Outcome.RELEASED;
  }
}
