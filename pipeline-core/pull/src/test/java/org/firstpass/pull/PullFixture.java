package org.firstpass.pull;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.firstpass.arrival.CompletenessRule;
import org.firstpass.arrival.Gateway;
import org.firstpass.arrival.GatewayConfig;
import org.firstpass.arrival.SeriesHistory;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.database.Database;
import org.firstpass.dicom.AccessList;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpLimits;
import org.firstpass.peer.RetryBudget;
import org.firstpass.privacy.PatientPseudonyms;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.ProjectName;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SettableClock;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;

/** A real gateway with a real broker and database, and what fetches; time moves by hand. */
final class PullFixture implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2026-11-02T03:04:05.678Z");
  static final RetryBudget BUDGET = new RetryBudget(3, "10s", "1m");
  static final Duration QUIET = Duration.ofSeconds(10);
  static final String AE_TITLE = "FIRSTPASS";
  static final String PRIORS_TITLE = "FP_PRIORS";

  final Database database = TestPostgres.database();
  final SettableClock clock = new SettableClock(BEGIN);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FileObjectStore store;
  final Gateway gateway;
  final SeriesLedger series;
  final PullLedger ledger;
  final PullDesk desk;
  final BackfillDesk backfills;

  PullFixture(Path folder) {
    this.store = new FileObjectStore(folder.resolve("objects"));
    var scp = new ScpConfig(titles(), "127.0.0.1", 0, null, AccessList.OPEN, new ScpLimits(64, 16));
    var rule =
        new CompletenessRule(QUIET, true, Duration.ofMinutes(10), true, Set.of(PriorRule.PRIORS));
    var config = new GatewayConfig(scp, rule, 0, new PatientPseudonyms(new byte[32]), Map.of());
    this.gateway = new Gateway(config, store, database, TestBroker.stream(), meters, clock);
    gateway.start();
    this.series = new SeriesLedger(database);
    this.ledger = new PullLedger(database);
    this.desk = new PullDesk(database);
    this.backfills = new BackfillDesk(database);
  }

  static Map<String, ProjectName> titles() {
    return Map.of(AE_TITLE, ProjectName.DEFAULT, PRIORS_TITLE, PriorRule.PRIORS);
  }

  PullGround ground() {
    return new PullGround(gateway, store, database, TestBroker.stream());
  }

  /** What one process runs. */
  SourceLanes lanes(PullSources sources) {
    return lanes(sources, 1000, SourceLanes::archive);
  }

  /** With archives that a test made, and so many series that may wait for workers. */
  SourceLanes lanes(
      PullSources sources,
      int mostUnfinished,
      BiFunction<PullSource, PullDoors, Archive> archives) {
    var config = new PullConfig(sources, titles(), 0, mostUnfinished);
    var lanes = new SourceLanes(config, ground(), archives, new SimpleMeterRegistry(), clock);
    lanes.start();
    return lanes;
  }

  static PullSources only(PullSource source) {
    return new PullSources(PullSources.FORMAT, List.of(source), List.of());
  }

  long ask(PullSource source, SampleStudy study) {
    return desk.ask(source, study.uid(), null, source.target(), clock.instant());
  }

  Fetch await(long entry, PullState state) {
    Deadline.await("fetch is " + state, () -> ledger.find(entry).orElseThrow().state() == state);
    return ledger.find(entry).orElseThrow();
  }

  /** Waits until so many attempts failed and the next one waits for its time. */
  Fetch awaitAttempts(long entry, int attempts) {
    Deadline.await(
        attempts + " attempts",
        () -> {
          Fetch fetch = ledger.find(entry).orElseThrow();
          return fetch.attempts() == attempts && fetch.state() == PullState.WAITING;
        });
    return ledger.find(entry).orElseThrow();
  }

  int held(SeriesInstanceUid uid) {
    return series.instances(uid).size();
  }

  SeriesHistory history(SeriesInstanceUid uid) {
    return series.find(uid).orElseThrow();
  }

  @Override
  public void close() {
    gateway.close();
    database.close();
  }
}
