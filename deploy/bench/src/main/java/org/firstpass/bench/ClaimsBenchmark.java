package org.firstpass.bench;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.database.Database;
import org.firstpass.database.DatabaseConfig;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.embedded.EmbeddedPostgres;
import org.firstpass.event.EventJson;
import org.firstpass.postgres.ReviewTasks;
import org.firstpass.review.PriorityScore;
import org.firstpass.review.UidSupply;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.selection.Drawing;

/**
 * The claim of the next task while a great many wait: the queue's, with lease, fence and the event
 * in the outbox, beside a bare UPDATE with SKIP LOCKED on a table of the same length.
 */
final class ClaimsBenchmark implements Benchmark {
  private static final String OURS = "review queue";
  private static final String BARE = "bare SKIP LOCKED";

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int tasks = arguments.number("tasks", 1_000_000);
    int claims = arguments.number("claims", 1_000);
    int rounds = arguments.number("rounds", 7);
    try (var server = EmbeddedPostgres.start(scratch.folder("postgres"), 0, "bench");
        var database =
            Database.open(
                new DatabaseConfig(server.jdbcUrl(), EmbeddedPostgres.USER, "bench", 16))) {
      database.migrate("review", "org/firstpass/review/migrations");
      new PostgresOutbox(database, "review").close();
      fill(database, tasks);
      var text = new StringBuilder(introduction(tasks, claims, rounds));
      text.append("One reader:\n\n").append(contest(database, 1, claims, rounds));
      text.append("\nFour readers at once:\n\n").append(contest(database, 4, claims, rounds));
      return text.toString();
    }
  }

  private static String introduction(int tasks, int claims, int rounds) {
    return String.format(
        Locale.ROOT,
        """
        %,d tasks wait; %d rounds of %,d claims in turns after one that warms up. PostgreSQL as the \
        standalone runs it: fsync and synchronous commit on. The 99th percentile is of all claims \
        of all rounds.

        """,
        tasks,
        rounds,
        claims);
  }

  private static String contest(Database database, int readers, int claims, int rounds)
      throws Exception {
    var queue =
        new ReviewTasks(
            database,
            new UncertaintyFirst(),
            new Drawing(Drawing.STANDARD, 1),
            new ReviewTasks.LeaseTerms(
                Duration.ofHours(10), UidSupply.random(), Clock.systemUTC()));
    var single = new Results();
    Results whole =
        new Contest()
            .enter(
                OURS,
                round ->
                    claim(
                        reader -> queue.claimNext(reader).isPresent(),
                        readers,
                        claims,
                        round == 0 ? new Times() : single.of(OURS)))
            .enter(
                BARE,
                round ->
                    claim(
                        reader -> claimBare(database, reader),
                        readers,
                        claims,
                        round == 0 ? new Times() : single.of(BARE)))
            .run(1, rounds);
    return table(whole, single, claims) + "\n" + budgets(whole, single, claims);
  }

  private static Table table(Results whole, Results single, int claims) {
    var table = new Table("", "claims/s", "median", "99th percentile", "longest");
    whole.forEach(
        (name, each) ->
            table.row(
                name,
                String.format(Locale.ROOT, "%,.0f", claims / each.median()),
                Times.seconds(single.of(name).median()),
                Times.seconds(single.of(name).quantile(.99)),
                Times.seconds(single.of(name).quantile(1))));
    return table;
  }

  private static String budgets(Results whole, Results single, int claims) {
    double late = single.of(OURS).quantile(.99);
    double rate = claims / whole.of(OURS).median();
    return Budget.table(
        new Budget("99th percentile", "less than 5 ms", Times.seconds(late), late < 5e-3),
        new Budget(
            "rate",
            "at least 500 claims/s",
            String.format(Locale.ROOT, "%,.0f claims/s", rate),
            rate >= 500));
  }

  private interface Claim {
    boolean by(String reader);
  }

  private static double claim(Claim claim, int readers, int claims, Times each) throws Exception {
    var threads = Executors.newFixedThreadPool(readers);
    try {
      long began = System.nanoTime();
      List<Future<double[]>> running = new ArrayList<>();
      for (int reader = 0; reader < readers; reader++) {
        String name = "reader" + reader;
        running.add(threads.submit(() -> claimMany(claim, name, claims / readers)));
      }
      var all = new ArrayList<double[]>();
      for (Future<double[]> one : running) {
        all.add(one.get());
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      all.forEach(times -> each.addAll(Arrays.stream(times).boxed().toList()));
      return seconds;
    } finally {
      threads.shutdownNow();
    }
  }

  private static double[] claimMany(Claim claim, String reader, int claims) {
    var times = new double[claims];
    for (int i = 0; i < claims; i++) {
      long began = System.nanoTime();
      boolean claimed = claim.by(reader);
      times[i] = (System.nanoTime() - began) / 1e9;
      if (!claimed) {
        throw new IllegalStateException("no task is left to claim");
      }
    }
    return times;
  }

  private static boolean claimBare(Database database, String reader) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    update bare set state = 'CLAIMED', holder = :holder where id =
                      (select id from bare where state = 'WAITING' order by order_key desc, id
                       limit 1 for update skip locked)
                    returning id
                    """)
                .bind("holder", reader)
                .mapTo(UUID.class)
                .findOne()
                .isPresent());
  }

  private static void fill(Database database, int tasks) throws Exception {
    String event = EventJson.mapper().writeValueAsString(SampleProposal.made());
    String score =
        EventJson.mapper().writeValueAsString(new PriorityScore("uncertainty-first", List.of()));
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
                  select md5('t' || n)::uuid, md5('p' || n)::uuid, '1.2.3.' || n, 1, 'bench',
                    now(), random() * 15 - 20700, 'WAITING', now()
                  from generate_series(1, :tasks) n
                  """)
              .bind("tasks", tasks)
              .execute();
          handle.execute(
              "create table bare as select id, order_key, state, holder from review.task");
          handle.execute("alter table bare add primary key (id)");
          handle.execute("create index on bare (order_key desc, id) where state = 'WAITING'");
        });
    database.jdbi().useHandle(handle -> handle.execute("vacuum analyze"));
    database.jdbi().useHandle(handle -> handle.execute("checkpoint"));
  }
}
