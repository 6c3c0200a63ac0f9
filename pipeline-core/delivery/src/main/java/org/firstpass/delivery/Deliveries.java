package org.firstpass.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.firstpass.database.Database;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.ObjectChecker;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventLoop;
import org.firstpass.stream.EventLoopConfig;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topic;
import org.firstpass.stream.Topics;

/**
 * Brings every result to every destination that wants it.
 *
 * <p>Everything that it must remember is in the database and the store, so it may be killed at any
 * moment, and several processes may run it over one database. With no destination it does nothing.
 * Safe for use by many threads.
 */
public final class Deliveries implements AutoCloseable {
  private static final String GROUP = "firstpass-delivery";

  private final Lanes lanes;
  private final List<EventLoop> loops;

  /** Makes the room's tables if they are not there; nothing is sent yet. */
  public Deliveries(
      DeliveryConfig config,
      ObjectStore store,
      Database database,
      StreamConfig stream,
      MeterRegistry meters,
      Clock clock) {
    this.lanes = new Lanes(config, store, database, Deliveries::findings, meters, clock);
    this.loops =
        config.destinations().destinations().isEmpty()
            ? List.of()
            : List.of(
                loop(stream, Topics.PROPOSALS, "-proposals", meters),
                loop(stream, Topics.CORRECTIONS, "-corrections", meters));
  }

  private EventLoop loop(StreamConfig stream, Topic<?> topic, String name, MeterRegistry meters) {
    return new EventLoop(new EventLoopConfig(stream, topic, GROUP + name), lanes::take, meters);
  }

  private static List<String> findings(InstanceSource object) {
    return ObjectChecker.check(object).stream()
        .map(
            finding ->
                "%s %s: expected %s, found %s"
                    .formatted(finding.rule(), finding.path(), finding.expected(), finding.found()))
        .toList();
  }

  /** Begins to follow the results and to send. */
  public void start() {
    lanes.start();
    loops.forEach(EventLoop::start);
  }

  public boolean healthy() {
    return loops.stream().allMatch(EventLoop::healthy) && lanes.healthy();
  }

  /** Whether nothing ended without success: what did waits for somebody to look at it. */
  public boolean nothingFailed() {
    return lanes.nothingFailed();
  }

  @Override
  public void close() {
    loops.forEach(EventLoop::close);
    lanes.close();
  }
}
