package org.firstpass.server;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.database.Database;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalMade;
import org.firstpass.foreign.ForeignDesk;
import org.firstpass.foreign.ForeignIntake;
import org.firstpass.foreign.ForeignLedger;
import org.firstpass.foreign.ForeignMetrics;
import org.firstpass.foreign.ForeignReading;
import org.firstpass.foreign.Senders;
import org.firstpass.http.ForeignRoutes;
import org.firstpass.postgres.ForeignRows;
import org.firstpass.review.ReviewQueue;
import org.firstpass.security.AuditTrail;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;

/** What other programs store, from its arrival to a reader's decision. Thread-safe. */
final class ForeignService implements AutoCloseable {
  private final ForeignLedger ledger;
  private final ForeignDesk desk;
  private final ForeignIntake intake;
  private final ForeignRoutes routes;
  private final EventLoop arrivals;

  /** What it shares with the rest of the server. */
  record Shared(
      ReviewQueue queue,
      CorrectionDesk corrections,
      StoredCases cases,
      AuditTrail audit,
      MeterRegistry meters,
      Clock clock) {}

  /**
   * @param arrivals in a group of its own, so that a large object holds up nothing else
   */
  ForeignService(
      ReviewConfig config,
      Database database,
      ObjectStore store,
      EventLoopConfig arrivals,
      Shared shared) {
    this.ledger = new ForeignRows(database);
    var reading =
        new ForeignReading(
            new StoredDrawings(store, new ProposedImages(ledger, shared.queue(), store)),
            ledger,
            shared.queue(),
            shared.cases(),
            new Senders(config.dicom().viewers()),
            config.maxUploadBytes());
    this.desk =
        new ForeignDesk(
            ledger,
            shared.queue(),
            shared.corrections(),
            reading,
            new ForeignMetrics(shared.meters(), ledger),
            shared.clock());
    this.intake = new ForeignIntake(ledger, desk, store, shared.audit(), shared.clock());
    this.routes = new ForeignRoutes(ledger, desk, shared.audit());
    this.arrivals = new EventLoop(arrivals, intake, shared.meters());
  }

  ForeignDesk desk() {
    return desk;
  }

  ForeignLedger ledger() {
    return ledger;
  }

  void install(RoutesConfig config) {
    routes.install(config);
  }

  /** Hears what was told of proposals, after they became tasks. */
  void told(FirstpassEvent event) {
    if (event instanceof ProposalMade made) {
      intake.proposed(made);
    }
  }

  void start() {
    intake.resume();
    arrivals.start();
  }

  boolean healthy() {
    return arrivals.healthy();
  }

  @Override
  public void close() {
    arrivals.close();
  }
}
