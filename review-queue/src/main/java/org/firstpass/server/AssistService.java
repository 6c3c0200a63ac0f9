package org.firstpass.server;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.correction.CaseImages;
import org.firstpass.database.Database;
import org.firstpass.event.RerunAnswered;
import org.firstpass.http.RefineRoutes;
import org.firstpass.http.RerunRoutes;
import org.firstpass.postgres.RerunRows;
import org.firstpass.refine.Refining;
import org.firstpass.rerun.RerunDesk;
import org.firstpass.review.ReviewQueue;
import org.firstpass.security.AuditTrail;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;

/** What helps a reader while correcting: a second look by the model, and clicks. Thread-safe. */
final class AssistService implements AutoCloseable {
  private final AtomicReference<Refining> refining = new AtomicReference<>(Refining.standard());
  private final EventLoop answers;
  private final RerunRoutes reruns;
  private final RefineRoutes clicks;

  /** What it shares with the rest of the server. */
  record Shared(
      ReviewQueue queue,
      CaseImages images,
      ObjectStore store,
      AuditTrail audit,
      MeterRegistry meters,
      Clock clock) {}

  AssistService(Database database, EventLoopConfig answers, Shared shared) {
    var ledger = new RerunRows(database);
    var desk = new RerunDesk(shared.queue(), ledger, shared.clock());
    this.answers =
        new EventLoop(answers, event -> ledger.answered((RerunAnswered) event), shared.meters());
    this.reruns =
        new RerunRoutes(shared.queue(), desk, shared.images(), shared.store(), shared.audit());
    this.clicks = new RefineRoutes(shared.queue(), shared.images(), refining::get);
  }

  void install(RoutesConfig routes) {
    reruns.install(routes);
    clicks.install(routes);
  }

  /** From now on clicks go here. */
  void refineThrough(Refining other) {
    refining.set(other);
  }

  void start() {
    answers.start();
  }

  boolean healthy() {
    return answers.healthy();
  }

  @Override
  public void close() {
    answers.close();
  }
}
