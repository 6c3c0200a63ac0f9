package org.firstpass.pull;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.firstpass.arrival.SeriesLedger;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.operations.Chores;
import org.firstpass.peer.WebAddress;
import org.firstpass.peer.WebCalls;

/**
 * A lane for each source, and what decides whose priors are asked for. Knows no topic. Safe for use
 * by many threads.
 */
final class SourceLanes implements AutoCloseable {
  private static final Duration MEASURE = Duration.ofSeconds(2);

  private final PriorIntake intake;
  private final PullLedger ledger;
  private final PullMetrics metrics;
  private final Heartbeat heartbeat;
  private final Map<String, SourceLane> lanes = new TreeMap<>();
  private final Chores chores = new Chores("pull-numbers");

  /**
   * @param archives what speaks to each source
   */
  SourceLanes(
      PullConfig config,
      PullGround ground,
      BiFunction<PullSource, PullDoors, Archive> archives,
      MeterRegistry meters,
      Clock clock) {
    PullSources sources = config.sources();
    this.ledger = new PullLedger(ground.database());
    this.metrics = new PullMetrics(meters, sources.sources());
    this.heartbeat = new Heartbeat(clock);
    this.intake = new PriorIntake(sources.rules(), new PriorRows(ground.database()), clock);
    var series = new SeriesLedger(ground.database());
    var doors = new PullDoors(ground.gateway(), series, config.titles());
    var pressure =
        new BackPressure(ground.store(), series, config.leastFree(), config.mostUnfinished());
    for (PullSource source : sources.sources()) {
      Archive archive = archives.apply(source, doors);
      var work = new SourceWork(source, sources.rules(), archive, ground, doors, clock);
      lanes.put(source.title(), new SourceLane(source, work, pressure, heartbeat, metrics, clock));
    }
  }

  /** What speaks DIMSE or DICOMweb, as the source says. */
  static Archive archive(PullSource source, PullDoors doors) {
    WebAddress web = source.web();
    return web == null
        ? new DimseArchive(source, doors)
        : new WebArchive(source, new WebCalls(web), doors);
  }

  void start() {
    intake.begin();
    heartbeat.start();
    lanes.values().forEach(SourceLane::start);
    chores.every(MEASURE, "what is fetched cannot be counted now", this::measure);
  }

  /** Takes in that a series arrived; other events are none of ours. */
  void take(FirstpassEvent event) {
    intake.accept(event);
    lanes.values().forEach(SourceLane::ring);
  }

  boolean healthy() {
    return lanes.values().stream().allMatch(SourceLane::healthy);
  }

  /** Whether nothing ended without success. */
  boolean nothingFailed() {
    return !metrics.hasFailures();
  }

  private void measure() {
    lanes.forEach(
        (source, lane) -> {
          lane.settle();
          metrics.counted(
              source,
              ledger.counts(source),
              ledger.failedQuestions(source),
              lane.held().isPresent());
        });
  }

  @Override
  public void close() {
    lanes.values().forEach(SourceLane::stop);
    lanes.values().forEach(SourceLane::close);
    heartbeat.close();
    chores.close();
  }
}
