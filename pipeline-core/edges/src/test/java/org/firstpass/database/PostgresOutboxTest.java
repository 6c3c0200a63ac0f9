package org.firstpass.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.firstpass.event.EventCodec;
import org.firstpass.event.Outbox;
import org.firstpass.event.SeriesArrived;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.SampleEvents;
import org.firstpass.testing.TestPostgres;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresOutboxTest {
  private static final String TOPIC = "firstpass.arrivals";

  private Database database;
  private PostgresOutbox outbox;

  @BeforeEach
  void open() {
    database = TestPostgres.database();
    outbox = new PostgresOutbox(database, "sample");
  }

  @AfterEach
  void close() {
    outbox.close();
    database.close();
  }

  private static UUID add(Handle handle) {
    SeriesArrived event = SampleEvents.arrived();
    PostgresOutbox.add(handle, "sample", TOPIC, event);
    return event.id();
  }

  private List<UUID> waiting() {
    return outbox.next(100).stream().map(Outbox.Row::eventId).toList();
  }

  @Test
  void aRowIsWhatWasAdded() {
    SeriesArrived event = SampleEvents.arrived();
    database.useTransaction(handle -> PostgresOutbox.add(handle, "sample", TOPIC, event));
    Outbox.Row row = outbox.next(1).get(0);
    assertEquals(TOPIC, row.topic());
    assertEquals(event.series().value(), row.key());
    assertEquals(event.id().toString(), row.event().attributes().get("id"));
    assertEquals("/firstpass/sample", row.event().attributes().get("source"));
    assertEquals(event, new EventCodec().decode(row.event()));
  }

  @Test
  void whatIsRolledBackIsNotThere() {
    assertThrows(
        IllegalStateException.class,
        () ->
            database.useTransaction(
                handle -> {
                  add(handle);
                  throw new IllegalStateException("no");
                }));
    assertEquals(List.of(), waiting());
  }

  @Test
  void aSlowWriterIsNotSkippedByAFasterOne() {
    try (Handle slow = database.jdbi().open()) {
      slow.begin();
      UUID first = add(slow);
      UUID second = database.inTransaction(PostgresOutboxTest::add);
      List<Outbox.Row> seen = outbox.next(100);
      assertEquals(List.of(second), seen.stream().map(Outbox.Row::eventId).toList());
      outbox.sent(seen.get(0).position());
      slow.commit();
      assertEquals(List.of(first), waiting());
    }
  }

  @Test
  void theSameFactAddedTwiceIsOneRow() {
    SeriesArrived event = SampleEvents.arrived();
    database.useTransaction(handle -> PostgresOutbox.add(handle, "sample", TOPIC, event, event));
    database.useTransaction(handle -> PostgresOutbox.add(handle, "sample", TOPIC, event));
    assertEquals(List.of(event.id()), waiting());
  }

  @Test
  void rowsKeepTheirPositionsUntilTheyAreSent() {
    for (int i = 0; i < 5; i++) {
      database.inTransaction(PostgresOutboxTest::add);
    }
    List<Outbox.Row> three = outbox.next(3);
    assertEquals(three, outbox.next(3));
    outbox.sent(three.get(1).position());
    assertEquals(three.get(2), outbox.next(3).get(0));
    assertEquals(3, outbox.next(10).size());
  }

  @Test
  void onlyOneHoldsTheLockAndItIsFreeWhenThatOneCloses() {
    try (var other = new PostgresOutbox(database, "sample")) {
      assertTrue(outbox.lock());
      assertTrue(outbox.lock());
      assertFalse(other.lock());
      outbox.close();
      Deadline.await("the lock is free", other::lock);
    }
  }

  @Test
  void aNameThatIsNoSchemaIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new PostgresOutbox(database, "x; drop table y"));
  }
}
