package org.firstpass.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.firstpass.database.Database;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.store.ObjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane for each destination, and what decides which results go into which. Knows no topic. Safe
 * for use by many threads.
 */
final class Lanes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
  private static final Duration MEASURE = Duration.ofSeconds(5);

  private final List<Destination> destinations;
  private final ResultIntake intake;
  private final DeliveryLedger ledger;
  private final DeliveryMetrics metrics;
  private final List<Lane> lanes;
  private final Clock clock;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(Lanes::thread);

  Lanes(
      DeliveryConfig config,
      ObjectStore store,
      Database database,
      ObjectCheck check,
      MeterRegistry meters,
      Clock clock) {
    this.destinations = config.destinations().destinations();
    this.clock = clock;
    this.ledger = new DeliveryLedger(database);
    this.metrics = new DeliveryMetrics(meters, destinations);
    var results = new ResultRows(database);
    var series = new StoredSeries(store);
    this.intake = new ResultIntake(destinations, results, series, config.projects(), clock);
    var workshop = new Workshop(results, new ObjectMaker(store, series), check, store);
    this.lanes = destinations.stream().map(each -> lane(each, config, database, workshop)).toList();
  }

  private Lane lane(
      Destination destination, DeliveryConfig config, Database database, Workshop workshop) {
    var rows = new LaneRows(database, destination.title());
    var attempt =
        new Attempt(
            destination, Doors.of(destination, config.commitments()), rows, workshop, clock);
    return new Lane(destination, rows, attempt, metrics, clock);
  }

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "delivery-numbers");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    intake.begin();
    lanes.forEach(Lane::start);
    scheduler.scheduleWithFixedDelay(this::measure, 0, MEASURE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Takes a result in; other events are none of ours. */
  void take(FirstpassEvent event) {
    intake.accept(event);
    lanes.forEach(Lane::ring);
  }

  boolean healthy() {
    return lanes.stream().allMatch(Lane::healthy);
  }

  /** Whether nothing ended without success. */
  boolean nothingFailed() {
    return !metrics.hasFailures();
  }

  // An exception would end the schedule for ever.
  private void measure() {
    try {
      Instant now = clock.instant();
      for (Destination destination : destinations) {
        long oldest =
            ledger
                .oldestUndelivered(destination.title())
                .map(told -> Duration.between(told, now).toSeconds())
                .orElse(0L);
        metrics.counted(destination.title(), ledger.counts(destination.title()), oldest);
      }
    } catch (RuntimeException e) {
      LOG.warn("deliveries cannot be counted now", e);
    }
  }

  @Override
  public void close() {
    lanes.forEach(Lane::stop);
    lanes.forEach(Lane::close);
    scheduler.shutdown();
    try {
      scheduler.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
