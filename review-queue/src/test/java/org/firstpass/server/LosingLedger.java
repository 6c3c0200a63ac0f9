package org.firstpass.server;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.correction.CorrectionLedger;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.review.TransactionUid;

/** A ledger before whose commit something else happens. */
record LosingLedger(CorrectionLedger inner, Runnable before) implements CorrectionLedger {
  @Override
  public Optional<Kept> find(UUID task, TransactionUid transaction) {
    return inner.find(task, transaction);
  }

  @Override
  public Answer keep(CorrectionRevision revision, CorrectionAccepted event, Duration grace) {
    before.run();
    return inner.keep(revision, event, grace);
  }
}
