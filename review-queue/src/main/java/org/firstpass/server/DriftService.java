package org.firstpass.server;

import io.javalin.config.RoutesConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.firstpass.database.Database;
import org.firstpass.drift.DriftAlarm;
import org.firstpass.drift.DriftFinding;
import org.firstpass.drift.DriftMetrics;
import org.firstpass.drift.DriftSearch;
import org.firstpass.http.DriftRoutes;
import org.firstpass.operations.Chores;
import org.firstpass.postgres.DriftRows;
import org.firstpass.postgres.SecondReadings;
import org.firstpass.review.SelectionStrategy;
import org.firstpass.security.AuditTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watch over effort and acceptance, and the second readings that it leads to. */
final class DriftService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DriftService.class);
  private static final Duration LOOK = Duration.ofMinutes(2);
  private static final Duration DRAW = Duration.ofSeconds(1);

  private final DriftRows rows;
  private final SecondReadings second;
  private final DriftRoutes routes;
  private final DriftMetrics metrics;
  private final Chores looking = new Chores("drift");
  private final Chores drawing = new Chores("second-readings");

  DriftService(
      Database database,
      SelectionStrategy strategy,
      ReviewConfig.Watching watching,
      AuditTrail audit,
      MeterRegistry meters,
      Clock clock) {
    this.rows = new DriftRows(database, new DriftSearch(watching.casesPerFalseAlarm()), clock);
    this.second = new SecondReadings(database, strategy, watching.rate(), clock);
    this.routes = new DriftRoutes(rows, audit);
    this.metrics = new DriftMetrics(meters);
  }

  void install(RoutesConfig config) {
    routes.install(config);
  }

  void start() {
    looking.every(LOOK, "nobody looks whether corrections cost more for a moment", this::look);
    drawing.every(DRAW, "nothing is drawn for a second reading for a moment", this::draw);
  }

  /** Looks once; what is raised is told in the log too. */
  void look() {
    List<DriftAlarm> raised = rows.look();
    metrics.raised(raised.size());
    for (DriftAlarm alarm : raised) {
      DriftFinding finding = alarm.finding();
      LOG.warn(
          "alarm {}: {} of protocol {} became worse since {} ({}), proposed by {}",
          alarm.id(),
          finding.group().name().isEmpty()
              ? "all"
              : finding.group().axis() + " " + finding.group().name(),
          finding.group().protocol(),
          finding.since(),
          finding.evidence().get(0).measure(),
          finding.versions());
    }
    metrics.open(rows.open());
  }

  private void draw() {
    metrics.second(second.draw());
  }

  @Override
  public void close() {
    looking.close();
    drawing.close();
  }
}
