package org.firstpass.server;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.firstpass.database.Database;
import org.firstpass.database.NoticeListener;
import org.firstpass.event.ProposalMade;
import org.firstpass.http.PriorRoutes;
import org.firstpass.http.TaskEvents;
import org.firstpass.http.WorklistRoutes;
import org.firstpass.operations.Chores;
import org.firstpass.postgres.EffortRows;
import org.firstpass.postgres.PriorRows;
import org.firstpass.postgres.TaskNotices;
import org.firstpass.postgres.WorklistRows;
import org.firstpass.review.ReviewQueue;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.review.StudyIndex;
import org.firstpass.security.AuditTrail;
import org.firstpass.security.RepeatedAccess;
import org.firstpass.selection.Drawing;

/**
 * The worklist that readers look at, put together; and what any server changes in the queue, told
 * to the pages that follow on this one.
 */
final class LiveWorklist implements AutoCloseable {
  /** The listener is away for a second at least, so that this is often enough to notice it. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final int LOOKS_PER_BEAT = 50;

  private final TaskEvents events = new TaskEvents();
  private final WorklistRoutes pages;
  private final PriorRoutes priors;
  private final NoticeListener notices;
  private final Chores chores = new Chores("live-worklist");
  private boolean hearing = true;
  private int looks;

  /** What it shares with the rest of the server. */
  record Shared(
      ReviewQueue queue,
      SelectionStrategy strategy,
      Drawing drawing,
      StudyIndex studies,
      AuditTrail audit,
      Consumer<ProposalMade> foreseen,
      Clock clock) {}

  LiveWorklist(Database database, Shared shared, MeterRegistry meters) {
    Clock clock = shared.clock();
    this.pages =
        new WorklistRoutes(
            new WorklistRows(database, shared.strategy(), shared.drawing(), clock),
            new EffortRows(database, clock),
            shared.studies(),
            new RepeatedAccess(shared.audit(), clock),
            shared.foreseen());
    this.priors =
        new PriorRoutes(new PriorRows(database), shared.queue(), shared.studies(), shared.audit());
    this.notices =
        new NoticeListener(
            database, TaskNotices.CHANNEL, json -> events.accept(TaskNotices.parse(json)));
    events.bind(meters);
  }

  /** Before the routes of single tasks, whose path would take "next" for an id. */
  void install(RoutesConfig routes) {
    pages.install(routes);
    priors.install(routes);
    events.install(routes);
  }

  void start() {
    notices.start();
    chores.later(LOOK, "pages hear of no changes for a moment", this::look);
  }

  // What was said while nobody listened is lost, so the pages read it from the tasks themselves.
  private void look() {
    boolean before = hearing;
    hearing = notices.healthy();
    looks++;
    if (hearing && !before) {
      events.reread();
    } else if (before && !hearing) {
      events.deaf();
    }
    if (hearing && looks % LOOKS_PER_BEAT == 0) {
      events.beat();
    }
  }

  @Override
  public void close() {
    chores.close();
    events.close();
    notices.close();
  }
}
