package org.firstpass.standalone;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalMade;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;

/** What became of series, from the gateway's ledger and from Kafka. */
final class SeriesWatch {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Infrastructure infrastructure;
  private final SeriesLedger ledger;

  SeriesWatch(Infrastructure infrastructure) {
    this.infrastructure = infrastructure;
    this.ledger = new SeriesLedger(infrastructure.database());
  }

  /** Waits until nothing of the series is left to be done. */
  SeriesHistory awaitEnd(SeriesInstanceUid series) {
    Deadline.await(
        "series " + series + " has ended",
        PATIENCE,
        () -> hasEnded(ledger.find(series).orElse(null)));
    return ledger.find(series).orElseThrow();
  }

  Optional<SeriesHistory> find(SeriesInstanceUid series) {
    return ledger.find(series);
  }

  SeriesHistory history(SeriesInstanceUid series) {
    return ledger.find(series).orElseThrow();
  }

  private static boolean hasEnded(@org.jspecify.annotations.Nullable SeriesHistory history) {
    return history != null
        && history.state().kind().isEnd()
        && history.revisions().stream().allMatch(revision -> revision.end().isPresent());
  }

  /** Every proposal that was ever told, also if it was told twice. */
  List<ProposalMade> proposals(SeriesInstanceUid series) {
    List<ProposalMade> proposals = new ArrayList<>();
    EventReplay.forEach(
        infrastructure.stream(),
        Topics.PROPOSALS,
        (FirstpassEvent event) -> {
          if (event instanceof ProposalMade made && made.series().equals(series)) {
            proposals.add(made);
          }
        });
    return proposals;
  }
}
