package org.firstpass.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.database.Database;
import org.firstpass.database.DatabaseConfig;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.review.PriorityScore;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.UidSupply;
import org.firstpass.review.UncertaintyFirst;

/**
 * How long the claim of the next task takes with many waiting, on a database that flushes.
 *
 * <p>Arguments: tasks waiting (1000000), claims per round (5000), readers at once (4).
 */
public final class ClaimBenchmark {
  private ClaimBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int tasks = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int claims = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
    int readers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4;
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        Database database =
            Database.open(
                new DatabaseConfig(
                    server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 16))) {
      database.migrate("review", "org/firstpass/review/migrations");
      new PostgresOutbox(database, "review").close();
      fill(database, tasks);
      var queue =
          new ReviewTasks(
              database,
              new UncertaintyFirst(),
              new ReviewTasks.LeaseTerms(
                  Duration.ofHours(10), UidSupply.random(), Clock.systemUTC()));
      measure(queue, "warm-up, 1 reader", 1, claims / 5);
      measure(queue, "1 reader", 1, claims);
      measure(queue, readers + " readers", readers, claims);
    }
  }

  private static void fill(Database database, int tasks) {
    long start = System.nanoTime();
    String event = TaskRowMapping.json(ProposalFixture.proposal(1));
    String score = TaskRowMapping.json(new PriorityScore("uncertainty-first", List.of()));
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  """
                  insert into review.proposal (id, event, score)
                  select md5('p' || n)::uuid, :event, :score from generate_series(1, :tasks) n
                  """)
              .bind("event", event)
              .bind("score", score)
              .bind("tasks", tasks)
              .execute();
          handle
              .createUpdate(
                  """
                  insert into review.task (id, proposal_id, series_uid, revision, package_name,
                    arrived, order_key, state, changed_at)
                  select md5('t' || n)::uuid, md5('p' || n)::uuid, '1.2.3.' || n, 1, 'phantom',
                    now(), random() * 15 - 20700, 'WAITING', now()
                  from generate_series(1, :tasks) n
                  """)
              .bind("tasks", tasks)
              .execute();
        });
    database.jdbi().useHandle(handle -> handle.execute("vacuum analyze"));
    System.out.printf(
        Locale.ROOT,
        "%d tasks, an event of %d characters each, made in %.1f s%n",
        tasks,
        event.length(),
        (System.nanoTime() - start) / 1e9);
  }

  private static void measure(ReviewTasks queue, String name, int readers, int claims)
      throws Exception {
    var threads = Executors.newFixedThreadPool(readers);
    try {
      long start = System.nanoTime();
      var running = new ArrayList<Future<long[]>>();
      for (int reader = 0; reader < readers; reader++) {
        String subject = "reader" + reader;
        running.add(threads.submit(() -> claim(queue, subject, claims / readers)));
      }
      var all = new ArrayList<Long>();
      for (Future<long[]> one : running) {
        Arrays.stream(one.get()).forEach(all::add);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      all.sort(null);
      System.out.printf(
          Locale.ROOT,
          "%-18s %6d claims %7.0f/s  median %.2f ms  p99 %.2f ms  longest %.2f ms%n",
          name,
          all.size(),
          all.size() / seconds,
          all.get(all.size() / 2) / 1e6,
          all.get(all.size() * 99 / 100) / 1e6,
          all.get(all.size() - 1) / 1e6);
    } finally {
      threads.shutdownNow();
    }
  }

  private static long[] claim(ReviewTasks queue, String reader, int claims) {
    var times = new long[claims];
    for (int claim = 0; claim < claims; claim++) {
      long start = System.nanoTime();
      boolean claimed = queue.claimNext(reader).isPresent();
      times[claim] = System.nanoTime() - start;
      if (!claimed) {
        throw new IllegalStateException("no task is left to claim");
      }
    }
    return times;
  }
}
