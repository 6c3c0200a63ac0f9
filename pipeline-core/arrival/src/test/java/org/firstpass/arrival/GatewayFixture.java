package org.firstpass.arrival;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.firstpass.database.Database;
import org.firstpass.dicom.IncomingInstance;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.event.SeriesArrived;
import org.firstpass.privacy.PatientPseudonyms;
import org.firstpass.store.FileObjectStore;
import org.firstpass.store.ObjectStore;
import org.firstpass.stream.EventReplay;
import org.firstpass.stream.StreamConfig;
import org.firstpass.stream.Topics;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SettableClock;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;

/** A gateway with a real broker, a real database and a store in a folder; time moves by hand. */
final class GatewayFixture implements AutoCloseable {
  static final Duration QUIET = Duration.ofSeconds(10);

  final StreamConfig stream;
  final Database database = TestPostgres.database();
  final SettableClock clock = new SettableClock(Instant.parse("2026-11-02T03:04:05.678Z"));
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FileObjectStore files;
  private final ObjectStore store;
  private final UnaryOperator<GatewayConfig> change;
  Gateway gateway;
  final SeriesLedger ledger;

  GatewayFixture(Path folder) {
    this(folder, 0);
  }

  GatewayFixture(Path folder, long minFreeBytes) {
    this(folder, minFreeBytes, TestBroker.stream());
  }

  GatewayFixture(Path folder, long minFreeBytes, StreamConfig stream) {
    this(
        folder,
        stream,
        standard ->
            new GatewayConfig(
                standard.scp(),
                standard.series(),
                minFreeBytes,
                standard.patients(),
                standard.requesters()));
  }

  /** One whose configuration differs from the standard. */
  GatewayFixture(Path folder, UnaryOperator<GatewayConfig> change) {
    this(folder, TestBroker.stream(), change);
  }

  private GatewayFixture(Path folder, StreamConfig stream, UnaryOperator<GatewayConfig> change) {
    this.stream = stream;
    this.files = new FileObjectStore(folder.resolve("objects"));
    this.store = files;
    this.change = change;
    this.gateway = open();
    this.ledger = new SeriesLedger(database);
  }

  private Gateway open() {
    var scp = new ScpConfig("FIRSTPASS", "127.0.0.1", 0, Set.of());
    var config = new GatewayConfig(scp, QUIET, 0, new PatientPseudonyms(new byte[32]));
    var opened = new Gateway(change.apply(config), store, database, stream, meters, clock);
    opened.start();
    return opened;
  }

  void restart() {
    gateway.close();
    gateway = open();
  }

  void receive(IncomingInstance instance) {
    gateway.receiver().receive(instance);
  }

  void receive(SampleSeries series) {
    for (int i = 0; i < series.size(); i++) {
      receive(series.instance(i));
    }
  }

  /** Lets the quiet time pass and waits for that revision's event. */
  SeriesArrived awaitRevision(SeriesInstanceUid series, int revision) {
    clock.advance(QUIET);
    Deadline.await(
        "revision " + revision + " of " + series,
        () -> arrivals(series).stream().anyMatch(e -> e.input().revision() == revision));
    return arrivals(series).get(revision - 1);
  }

  /** The only event of a series whose first revision was refused here. */
  SeriesArrived awaitRevisionAfterRefusal(SeriesInstanceUid series) {
    clock.advance(QUIET);
    Deadline.await("an event of " + series, () -> !arrivals(series).isEmpty());
    return arrivals(series).get(0);
  }

  List<SeriesArrived> arrivals(SeriesInstanceUid series) {
    List<SeriesArrived> events = new ArrayList<>();
    EventReplay.forEach(
        stream,
        Topics.ARRIVALS,
        event -> {
          if (event.series().equals(series)) {
            events.add(event);
          }
        });
    return events;
  }

  SeriesHistory history(SampleSeries series) {
    return ledger.find(series.uid()).orElseThrow();
  }

  /** A counter of the gateway with this value of its only tag. */
  double counted(String meter, String tag, String value) {
    return meters.find(meter).tag(tag, value).counters().stream().mapToDouble(Counter::count).sum();
  }

  double count(String outcome) {
    return meters.find("arrival.instances").tag("outcome", outcome).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Override
  public void close() {
    gateway.close();
    database.close();
  }
}
