package org.firstpass.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.firstpass.testing.Deadline;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class NoticeListenerTest {
  private static Database database;

  @BeforeAll
  static void open() {
    database = TestPostgres.database();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void whatATransactionSaysIsHeardIfItStandsAndInItsOrder() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (var listener = new NoticeListener(database, "of_tests", heard::add)) {
      listener.start();
      database.useTransaction(
          handle -> {
            tell(handle, "one");
            tell(handle, "two");
          });
      assertThrows(
          IllegalStateException.class,
          () ->
              database.useTransaction(
                  handle -> {
                    tell(handle, "never");
                    throw new IllegalStateException("changed its mind");
                  }));
      database.useTransaction(handle -> tell(handle, "three"));
      assertEquals(List.of("one", "two", "three"), List.of(next(heard), next(heard), next(heard)));
      assertTrue(listener.healthy());
    }
  }

  @Test
  void oneThatCannotBeHandledDoesNotKeepTheNextFromBeingHeard() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (var listener =
        new NoticeListener(
            database,
            "of_tests",
            notice -> {
              if (notice.equals("bad")) {
                throw new IllegalStateException("cannot be handled");
              }
              heard.add(notice);
            })) {
      listener.start();
      database.useTransaction(handle -> tell(handle, "bad"));
      database.useTransaction(handle -> tell(handle, "good"));
      assertEquals("good", next(heard));
    }
  }

  @Test
  void aLostConnectionIsMadeAgain() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (var listener = new NoticeListener(database, "of_tests", heard::add)) {
      listener.start();
      database.useTransaction(
          handle ->
              handle.execute(
                  "select pg_terminate_backend(pid) from pg_stat_activity"
                      + " where query = 'listen of_tests' and pid <> pg_backend_pid()"));
      Deadline.await(
          "a notice over a new connection",
          () -> {
            database.useTransaction(handle -> tell(handle, "again"));
            return !heard.isEmpty();
          });
      assertEquals("again", next(heard));
    }
  }

  @Test
  void aChannelNameIsAName() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new NoticeListener(database, "a; drop table b", notice -> {}));
  }

  private static void tell(org.jdbi.v3.core.Handle handle, String what) {
    handle
        .createQuery("select pg_notify('of_tests', :what)")
        .bind("what", what)
        .mapTo(String.class)
        .one();
  }

  private static String next(BlockingQueue<String> heard) throws InterruptedException {
    String notice = heard.poll(30, TimeUnit.SECONDS);
    return notice == null ? "nothing" : notice;
  }
}
