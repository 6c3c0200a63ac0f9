package org.firstpass.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.firstpass.database.Database;
import org.junit.jupiter.api.Test;

class FixtureTest {
  @Test
  void theSharedBrokerIsTheSameForAll() {
    assertEquals(TestBroker.stream(), TestBroker.stream());
  }

  @Test
  void everyDatabaseIsNewAndItsSessionsAreNotInUtc() {
    try (Database one = TestPostgres.database();
        Database other = TestPostgres.database()) {
      one.jdbi().useHandle(handle -> handle.execute("create table here (id int)"));
      String zone =
          other.jdbi().withHandle(h -> h.createQuery("show timezone").mapTo(String.class).one());
      assertNotEquals("UTC", zone);
      assertTrue(
          other
              .jdbi()
              .withHandle(
                  h ->
                      h.createQuery("select 1 from pg_tables where tablename = 'here'")
                          .mapToMap()
                          .list())
              .isEmpty());
    }
  }

  @Test
  void waitingForWhatNeverComesFails() {
    assertThrows(
        AssertionError.class, () -> Deadline.await("never", Duration.ofMillis(20), () -> false));
  }
}
