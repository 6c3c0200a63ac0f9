package org.firstpass.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalFailed;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.ProposalStarted;
import org.firstpass.event.SeriesArrived;
import org.firstpass.event.ShadowProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.intake.IntakeLedger.Admission;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.stream.DeadLetter;
import org.firstpass.study.NameBasedUuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code firstpass.arrivals} and {@code firstpass.proposals}; told twice, an event changes
 * nothing. Thread-safe.
 */
public final class ProposalIntake implements Consumer<FirstpassEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(ProposalIntake.class);

  private final IntakeLedger ledger;
  private final SelectionStrategy strategy;
  private final Clock clock;

  public ProposalIntake(IntakeLedger ledger, SelectionStrategy strategy, Clock clock) {
    this.ledger = ledger;
    this.strategy = strategy;
    this.clock = clock;
  }

  @Override
  public void accept(FirstpassEvent event) {
    if (event instanceof ProposalMade made) {
      admit(made);
    } else if (event instanceof ProposalStarted started) {
      start(started);
    } else if (event instanceof SeriesArrived arrived) {
      ledger.arrived(arrived);
    } else if (event instanceof ProposalRefused refused) {
      ledger.refused(refused);
      LOG.info(
          "event {} series {} revision {}: refused with {}",
          refused.id(),
          refused.series(),
          refused.input().revision(),
          refused.reason().code());
    } else if (event instanceof ProposalFailed failed) {
      ledger.failed(failed);
      LOG.warn(
          "event {} series {} revision {}: failed with {}",
          failed.id(),
          failed.series(),
          failed.input().revision(),
          failed.reason().code());
    } else if (event instanceof ShadowProposalMade shadow) {
      ledger.shadowed(shadow);
      LOG.info(
          "event {} series {} revision {}: {} {} ran in shadow, nobody is shown it",
          shadow.id(),
          shadow.series(),
          shadow.input().revision(),
          shadow.modelPackage().name(),
          shadow.modelPackage().version());
    }
  }

  /**
   * An arrival that no worker could handle: nobody else will say that it failed.
   *
   * <p>The gateway learns it from the same dead letter.
   */
  public void buried(DeadLetter letter) {
    if (letter.event().orElse(null) instanceof SeriesArrived arrived) {
      ReasonCode reason = letter.code();
      UUID id = NameBasedUuid.of("arrival-buried", arrived.id().toString());
      var lost = new ProposalFailed(id, clock.instant(), arrived.input(), reason, letter.reason());
      ledger.lost(lost);
      LOG.warn(
          "event {} series {} revision {}: no worker could handle it, {}",
          arrived.id(),
          arrived.series(),
          arrived.input().revision(),
          reason.code());
    }
  }

  private void start(ProposalStarted started) {
    ledger.started(started);
    LOG.info(
        "event {} series {} revision {}: {} {} began on {}",
        started.id(),
        started.series(),
        started.input().revision(),
        started.modelPackage().name(),
        started.modelPackage().version(),
        started.device());
  }

  private void admit(ProposalMade made) {
    Instant arrived = clock.instant();
    var subject = new ReviewCase(made, strategy.score(made, arrived, arrived), arrived);
    Admission admission = ledger.admit(subject, strategy.orderKey(made, arrived));
    LOG.info(
        "event {} series {} revision {}: task {} is {}",
        made.id(),
        made.series(),
        made.input().revision(),
        subject.id(),
        admission);
  }
}
