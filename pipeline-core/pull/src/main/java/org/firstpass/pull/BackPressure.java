package org.firstpass.pull;

import java.util.Optional;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.store.ObjectStore;

/**
 * Whether the installation can take more of a backfill. Safe for use by many threads.
 *
 * @param leastFree bytes of the store
 * @param mostUnfinished series that are received or wait for a worker
 */
record BackPressure(ObjectStore store, SeriesLedger ledger, long leastFree, int mostUnfinished) {
  /** What there is too much or too little of; empty if it can take more. */
  Optional<String> held() {
    long free = store.usableBytes();
    if (free < leastFree) {
      return Optional.of("the disk has " + free + " bytes left, " + leastFree + " are kept free");
    }
    long unfinished = ledger.unfinished();
    if (unfinished >= mostUnfinished) {
      return Optional.of(unfinished + " series wait for workers, as many as may");
    }
    return Optional.empty();
  }
}
