package org.firstpass.server;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.firstpass.correction.CaseImages;
import org.firstpass.database.Database;
import org.firstpass.event.RerunAnswered;
import org.firstpass.event.RerunRequested;
import org.firstpass.http.RefineRoutes;
import org.firstpass.http.RerunRoutes;
import org.firstpass.postgres.RerunRows;
import org.firstpass.refine.Refining;
import org.firstpass.rerun.RerunDesk;
import org.firstpass.review.ReviewQueue;
import org.firstpass.security.AuditTrail;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.DeadLetter;
import org.firstpass.stream.DeadLetterLoop;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What helps a reader while correcting: a second look by the model, and clicks. Thread-safe. */
final class AssistService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AssistService.class);

  private final AtomicReference<Refining> refining = new AtomicReference<>(Refining.standard());
  private final EventLoop answers;
  private final DeadLetterLoop unanswered;
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

  /**
   * @param requests whose dead letters are followed
   */
  AssistService(
      Database database, EventLoopConfig requests, EventLoopConfig answers, Shared shared) {
    var ledger = new RerunRows(database);
    var desk = new RerunDesk(shared.queue(), ledger, shared.clock());
    this.answers =
        new EventLoop(answers, event -> ledger.answered((RerunAnswered) event), shared.meters());
    this.unanswered = new DeadLetterLoop(requests, letter -> giveUp(desk, letter), shared.meters());
    this.reruns =
        new RerunRoutes(shared.queue(), desk, shared.images(), shared.store(), shared.audit());
    this.clicks = new RefineRoutes(shared.queue(), shared.images(), refining::get);
  }

  private static void giveUp(RerunDesk desk, DeadLetter letter) {
    if (letter.event().orElse(null) instanceof RerunRequested asked) {
      desk.gaveUp(asked, letter.code(), letter.reason());
      LOG.warn(
          "rerun {} of series {}: no worker could handle it, {}",
          asked.id(),
          asked.series(),
          letter.code().code());
    }
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
    unanswered.start();
  }

  boolean healthy() {
    return answers.healthy() && unanswered.healthy();
  }

  @Override
  public void close() {
    answers.close();
    unanswered.close();
  }
}
