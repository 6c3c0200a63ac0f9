package org.firstpass.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.firstpass.database.Database;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.operations.Chores;
import org.firstpass.store.ObjectStore;

/**
 * A lane for each destination, and what decides which results go into which. Knows no topic. Safe
 * for use by many threads.
 */
final class Lanes implements AutoCloseable {
  private static final Duration MEASURE = Duration.ofSeconds(5);

  private final List<String> titles;
  private final ResultIntake intake;
  private final DeliveryLedger ledger;
  private final DeliveryMetrics metrics;
  private final List<Lane> lanes;
  private final Clock clock;
  private final Chores chores = new Chores("delivery-numbers");

  Lanes(
      DeliveryConfig config,
      ObjectStore store,
      Database database,
      ObjectCheck check,
      MeterRegistry meters,
      Clock clock) {
    List<Destination> destinations = config.destinations().destinations();
    this.titles =
        Stream.concat(
                destinations.stream().map(Destination::terms),
                destinations.stream()
                    .flatMap(each -> config.destinations().told(each).stream())
                    .map(NoticeReceiver::terms))
            .map(LaneTerms::title)
            .toList();
    this.clock = clock;
    this.ledger = new DeliveryLedger(database);
    this.metrics = new DeliveryMetrics(meters, titles);
    var results = new ResultRows(database);
    var series = new StoredSeries(store);
    this.intake = new ResultIntake(destinations, results, series, config.projects(), clock);
    var maker = new ObjectMaker(store, series);
    this.lanes =
        destinations.stream()
            .map(each -> new Workshop(each, results, maker, check, store))
            .flatMap(workshop -> lanes(workshop, config, database))
            .toList();
  }

  /** That to a destination, and those in which others are told of what it has. */
  private Stream<Lane> lanes(Workshop workshop, DeliveryConfig config, Database database) {
    Destination destination = workshop.destination();
    List<NoticeReceiver> told = config.destinations().told(destination);
    var rows =
        new LaneRows(
            database,
            destination.title(),
            told.stream().map(notice -> notice.terms().title()).toList());
    Doors doors = Doors.of(destination, config.commitments());
    return Stream.concat(
        Stream.of(lane(destination.terms(), doors, rows, workshop)),
        told.stream()
            .map(
                notice ->
                    lane(
                        notice.terms(),
                        notice.doors(destination),
                        new LaneRows(database, notice.terms().title()),
                        workshop)));
  }

  private Lane lane(LaneTerms terms, Doors doors, LaneRows rows, Workshop workshop) {
    return new Lane(terms, rows, new Attempt(terms, doors, rows, workshop, clock), metrics, clock);
  }

  void start() {
    intake.begin();
    lanes.forEach(Lane::start);
    chores.every(MEASURE, "deliveries cannot be counted now", this::measure);
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

  private void measure() {
    Instant now = clock.instant();
    for (String title : titles) {
      long oldest =
          ledger
              .oldestUndelivered(title)
              .map(told -> Duration.between(told, now).toSeconds())
              .orElse(0L);
      metrics.counted(title, ledger.counts(title), oldest);
    }
  }

  @Override
  public void close() {
    lanes.forEach(Lane::stop);
    lanes.forEach(Lane::close);
    chores.close();
  }
}
