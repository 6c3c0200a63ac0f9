package org.firstpass.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.firstpass.database.Database;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.event.Outbox;
import org.firstpass.event.SeriesArrived;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SampleEvents;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String name = "test-" + UUID.randomUUID();
  private StreamConfig stream;
  private Database database;
  private PostgresOutbox outbox;
  private List<UUID> added;

  @BeforeEach
  void open() {
    stream = TestBroker.stream();
    database = TestPostgres.database();
    outbox = new PostgresOutbox(database, "sample");
    added = new ArrayList<>();
  }

  @AfterEach
  void close() {
    outbox.close();
    database.close();
  }

  private void add(int count) {
    add(database, count);
  }

  private void add(Database target, int count) {
    for (int i = 0; i < count; i++) {
      SeriesArrived event = SampleEvents.arrived();
      target.useTransaction(
          handle -> PostgresOutbox.add(handle, "sample", Topics.ARRIVALS.name(), event));
      added.add(event.id());
    }
  }

  /** Our events as committed readers see them, per partition in order. */
  private List<UUID> sent() {
    List<UUID> sent = new ArrayList<>();
    EventReplay.forEach(
        stream,
        Topics.ARRIVALS,
        event -> {
          if (added.contains(event.id())) {
            sent.add(event.id());
          }
        });
    return sent;
  }

  private OutboxRelay relay(Outbox source) {
    var relay = new OutboxRelay(stream, source, name, meters);
    relay.start();
    return relay;
  }

  private void awaitAllSentOnce() {
    Deadline.await("all events are sent", () -> sent().size() >= added.size());
    List<UUID> sent = sent();
    assertEquals(added.size(), sent.size(), "an event was sent twice");
    assertTrue(sent.containsAll(added));
  }

  @Test
  void everyEventOfTheOutboxIsSentOnce() {
    add(30);
    try (OutboxRelay relay = relay(outbox)) {
      awaitAllSentOnce();
      add(5);
      awaitAllSentOnce();
      assertTrue(relay.healthy());
    }
  }

  @Test
  void aCrashBetweenSendingAndMarkingNeitherDoublesNorLoses() {
    add(10);
    var crashes = new AtomicInteger();
    try (OutboxRelay relay = relay(new FailingOutbox(outbox, crashes, new AtomicBoolean(true)))) {
      Deadline.await("the mark failed", () -> crashes.get() >= 1);
    }
    awaitAllSentOnce();
    add(3);
    try (OutboxRelay relay = relay(outbox)) {
      awaitAllSentOnce();
    }
    assertEquals(List.of(), outbox.next(100));
  }

  @Test
  void aRelayWhoseMarkFailsForAWhileHealsByItself() {
    add(4);
    var crashes = new AtomicInteger();
    var broken = new AtomicBoolean(true);
    try (OutboxRelay relay = relay(new FailingOutbox(outbox, crashes, broken))) {
      Deadline.await("the mark failed twice", () -> crashes.get() >= 2);
      broken.set(false);
      add(4);
      awaitAllSentOnce();
      Deadline.await("the relay is healthy", relay::healthy);
    }
  }

  @Test
  void oneRelayAtATimeAndTheOtherTakesOver() {
    add(5);
    try (var secondOutbox = new PostgresOutbox(database, "sample")) {
      OutboxRelay first = relay(outbox);
      OutboxRelay second = relay(secondOutbox);
      try {
        awaitAllSentOnce();
        first.close();
        outbox.close();
        add(5);
        awaitAllSentOnce();
      } finally {
        first.close();
        second.close();
      }
    }
  }

  @Test
  void aDatabaseThatWasMadeAnewDoesNotReusePositions() {
    add(6);
    try (OutboxRelay relay = relay(outbox)) {
      awaitAllSentOnce();
    }
    outbox.close();
    database.close();
    database = TestPostgres.database();
    outbox = new PostgresOutbox(database, "sample");
    add(2);
    try (OutboxRelay relay = relay(outbox)) {
      awaitAllSentOnce();
    }
  }

  @Test
  void outboxesOfTwoDatabasesOnOneBrokerNeitherFenceEachOtherNorShareAPosition() {
    add(7);
    try (Database otherDatabase = TestPostgres.database();
        var other = new PostgresOutbox(otherDatabase, "sample");
        OutboxRelay relay = relay(outbox)) {
      awaitAllSentOnce();
      add(otherDatabase, 3);
      try (OutboxRelay beside = relay(other)) {
        awaitAllSentOnce();
        add(4);
        add(otherDatabase, 4);
        awaitAllSentOnce();
        assertTrue(relay.healthy() && beside.healthy());
      }
      double begunAnew =
          meters.find(StreamMetrics.Names.RELAY_FAILURES).counters().stream()
              .mapToDouble(Counter::count)
              .sum();
      assertEquals(0, begunAnew);
    }
  }

  /** An outbox whose marking fails while it is told to. */
  private record FailingOutbox(Outbox real, AtomicInteger crashes, AtomicBoolean broken)
      implements Outbox {
    @Override
    public UUID id() {
      return real.id();
    }

    @Override
    public boolean lock() {
      return real.lock();
    }

    @Override
    public List<Row> next(int limit) {
      return real.next(limit);
    }

    @Override
    public void sent(long position) {
      if (broken.get()) {
        crashes.incrementAndGet();
        throw new IllegalStateException("the process ends here");
      }
      real.sent(position);
    }
  }
}
