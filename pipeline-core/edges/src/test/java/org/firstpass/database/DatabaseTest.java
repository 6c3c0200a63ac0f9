package org.firstpass.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.testing.TestPostgres;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

class DatabaseTest {
  private static final String OUTBOX = "org/firstpass/database/outbox";

  @Test
  void schemasKeepTheirOwnHistoryAndAreMigratedOnce() {
    try (Database database = TestPostgres.database()) {
      database.migrate("one", OUTBOX);
      database.migrate("other", OUTBOX);
      database.migrate("one", OUTBOX);
      for (String schema : new String[] {"one", "other"}) {
        String count = "select count(*) from " + schema + ".migrations where version = '1'";
        assertEquals(
            1L,
            (long) database.jdbi().withHandle(h -> h.createQuery(count).mapTo(Long.class).one()));
      }
    }
  }

  @Test
  void processesThatStartTogetherMigrateTogether() throws Exception {
    try (Database database = TestPostgres.database()) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        Callable<Boolean> migration =
            () -> {
              database.migrate("shared", OUTBOX);
              return true;
            };
        for (var done : threads.invokeAll(Stream.generate(() -> migration).limit(4).toList())) {
          assertTrue(done.get());
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void aDatabaseThatIsNotThereIsToBeTriedLater() {
    var config = new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/none", "nobody", "secret", 2);
    TryAgainLater failure = assertThrows(TryAgainLater.class, () -> Database.open(config));
    assertEquals(ReasonCode.DATABASE_UNAVAILABLE, failure.code());
  }

  @Test
  void aConnectionThatIsCutIsToBeTriedLaterAndTheNextWorks() {
    try (Database database = TestPostgres.database()) {
      assertThrows(
          TryAgainLater.class,
          () ->
              database.useTransaction(
                  handle -> handle.execute("select pg_terminate_backend(pg_backend_pid())")));
      assertTrue(database.answers());
    }
  }

  @Test
  void aMistakeInTheStatementIsNotToBeTriedLater() {
    try (Database database = TestPostgres.database()) {
      assertThrows(
          JdbiException.class, () -> database.useTransaction(handle -> handle.execute("selekt 1")));
    }
  }

  @Test
  void aFailedStatementDoesNotTellItsValues() {
    try (Database database = TestPostgres.database()) {
      database.useTransaction(
          handle -> handle.execute("create table once (value text primary key)"));
      JdbiException failure =
          assertThrows(
              JdbiException.class,
              () ->
                  database.useTransaction(
                      handle -> {
                        handle.execute("insert into once values (?)", "Marker^Patient");
                        handle.execute("insert into once values (?)", "Marker^Patient");
                      }));
      var told = new StringWriter();
      failure.printStackTrace(new PrintWriter(told));
      assertFalse(told.toString().contains("Marker"), told.toString());
    }
  }

  @Test
  void thePasswordIsNotPrinted() {
    var config = new DatabaseConfig("jdbc:postgresql://h/d?password=secret", "user", "secret", 2);
    assertFalse(config.toString().contains("secret"));
  }
}
