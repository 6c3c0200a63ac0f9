package org.firstpass.intake;

import java.util.function.Consumer;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ModelStateChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code firstpass.models}: when a version is recalled, readers no longer meet what it
 * proposed. Told twice, an event changes nothing. Thread-safe.
 */
public final class RecallIntake implements Consumer<FirstpassEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(RecallIntake.class);

  private final RecallLedger ledger;

  public RecallIntake(RecallLedger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void accept(FirstpassEvent event) {
    if (event instanceof ModelStateChanged decision && decision.recalled() != null) {
      int tasks = ledger.withdraw(decision.name(), decision.version(), decision.time());
      LOG.info(
          "event {}: {} {} is recalled, {} tasks are withdrawn",
          decision.id(),
          decision.name(),
          decision.version(),
          tasks);
    }
  }
}
