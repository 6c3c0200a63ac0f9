package org.firstpass.bench;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.database.Database;
import org.firstpass.database.DatabaseConfig;
import org.firstpass.database.PostgresOutbox;
import org.firstpass.embedded.EmbeddedPostgres;
import org.firstpass.event.EventJson;
import org.firstpass.postgres.WorklistRows;
import org.firstpass.review.PriorityScore;
import org.firstpass.review.ReviewWorklist.Place;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.review.WorklistFilter;
import org.firstpass.review.WorklistFilter.Kind;
import org.firstpass.review.WorklistFilter.Search;
import org.firstpass.review.WorklistSection;
import org.firstpass.selection.Drawing;

/** A page of a long worklist with its count, as a reader filters and searches. */
final class WorklistBenchmark implements Benchmark {
  private static final Optional<String> ANY = Optional.empty();
  private static final String SERIES = "1.2.826.7.77777";
  private static final int PAGE = 50;

  /** Of a search no more are counted than these. */
  private static final int COUNTED = 1_000;

  @Override
  public String run(Arguments arguments, Scratch scratch) throws Exception {
    int tasks = arguments.number("tasks", 100_000);
    int rounds = arguments.number("rounds", 9);
    try (var server = EmbeddedPostgres.start(scratch.folder("postgres"), 0, "bench");
        var database =
            Database.open(
                new DatabaseConfig(server.jdbcUrl(), EmbeddedPostgres.USER, "bench", 4))) {
      database.migrate("review", "org/firstpass/review/migrations");
      new PostgresOutbox(database, "review").close();
      fill(database, tasks);
      return measure(database, tasks, rounds);
    }
  }

  private static String measure(Database database, int tasks, int rounds) throws Exception {
    var worklist =
        new WorklistRows(
            database, new UncertaintyFirst(), new Drawing(Drawing.STANDARD, 1), Clock.systemUTC());
    var contest = new Contest();
    String bare = "bare count of the table";
    contest.enter(bare, round -> timed(() -> count(database)));
    String choices = "what the filters can be set to";
    contest.enter(choices, round -> timed(worklist::choices));
    for (Look look : looks()) {
      contest.enter(look.name(), round -> timed(() -> look.at(worklist, tasks)));
    }
    Results results = contest.run(2, rounds);
    double unit = results.of(bare).median();
    var table = new Table("", "median", "longest", "of a bare count");
    var latest = new Times();
    results.forEach(
        (name, times) -> {
          table.row(
              name,
              times.medianText(),
              Times.seconds(times.quantile(1)),
              String.format(Locale.ROOT, "%.2f", times.median() / unit));
          latest.add(times.median());
        });
    double slowest = latest.quantile(1);
    return String.format(
            Locale.ROOT,
            "%,d tasks; a page of %d with the count of what the filter lets through, %d rounds.\n\n",
            tasks,
            PAGE,
            rounds)
        + table
        + "\n"
        + Budget.table(
            new Budget("slowest median", "less than 200 ms", Times.seconds(slowest), slowest < .2));
  }

  private record Look(
      String name, WorklistSection section, WorklistFilter filter, Optional<Place> from) {
    void at(WorklistRows worklist, int tasks) {
      worklist.page(section, filter, from, PAGE);
      worklist.count(section, filter, filter.search().isPresent() ? COUNTED : tasks);
    }
  }

  private static List<Look> looks() {
    var none = WorklistFilter.NONE;
    var far = Optional.of(new Place("20000.0", new UUID(0, 0)));
    return List.of(
        new Look("first page", WorklistSection.NEXT, none, Optional.empty()),
        new Look("a page far down", WorklistSection.NEXT, none, far),
        new Look("all that were decided", WorklistSection.DISCONTINUED, none, Optional.empty()),
        look("one letter of a UID", searching("1")),
        look("all of a UID", searching(SERIES)),
        look("the end of a UID", searching("6.7.77777")),
        look("500 studies of requests", ofStudies()),
        look("a modality that few have", kind(new Kind(Optional.of("US"), ANY, ANY, ANY))),
        look("a tag that few have", kind(new Kind(ANY, ANY, ANY, Optional.of("Nodule")))),
        look("a modality that none has", kind(new Kind(Optional.of("XA"), ANY, ANY, ANY))),
        look(
            "those due soon",
            filter(Kind.ANY, Optional.of(Instant.now().plusSeconds(50_000)), Optional.empty())));
  }

  private static Look look(String name, WorklistFilter filter) {
    var section = filter.search().isPresent() ? WorklistSection.ALL : WorklistSection.NEXT;
    return new Look(name, section, filter, Optional.empty());
  }

  private static WorklistFilter searching(String uid) {
    return search(new Search(Optional.of(uid), List.of(), List.of()));
  }

  private static WorklistFilter ofStudies() {
    var studies = new ArrayList<String>();
    for (int study = 0; study < 500; study++) {
      studies.add("1.2.826." + study * 11);
    }
    return search(new Search(Optional.empty(), studies, List.of()));
  }

  private static WorklistFilter search(Search search) {
    return filter(Kind.ANY, Optional.empty(), Optional.of(search));
  }

  private static WorklistFilter kind(Kind kind) {
    return filter(kind, Optional.empty(), Optional.empty());
  }

  private static WorklistFilter filter(Kind kind, Optional<Instant> due, Optional<Search> search) {
    return new WorklistFilter(kind, ANY, ANY, due, false, search);
  }

  private static double timed(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  private static long count(Database database) {
    return database.inTransaction(
        handle -> handle.createQuery("select count(*) from review.task").mapTo(long.class).one());
  }

  private static void fill(Database database, int tasks) throws Exception {
    var proposal = SampleProposal.made();
    String event = EventJson.mapper().writeValueAsString(proposal);
    String score =
        EventJson.mapper().writeValueAsString(new PriorityScore("uncertainty-first", List.of()));
    database.useTransaction(
        handle -> {
          handle
              .createUpdate(
                  "insert into review.proposal (id, event, score) values (:id, :event, :score)")
              .bind("id", proposal.id())
              .bind("event", event)
              .bind("score", score)
              .execute();
          handle.execute("alter table review.task disable trigger user");
          handle
              .createUpdate(
                  """
                  insert into review.task (id, proposal_id, study_uid, series_uid, revision,
                    patient_key, package_name, protocol, tags, modality, arrived, order_key, state,
                    decided_by, decided_at, discontinuation, changed_at, due_at)
                  select gen_random_uuid(), :proposal, '1.2.826.' || n / 3, '1.2.826.7.' || n, 1,
                    'pk' || n % 30000, (array['liver', 'lung', 'brain'])[1 + n % 3],
                    case when n % 5 = 0 then 'quick' end,
                    case when n % 1000 = 0 then array['Nodule'] else '{}' end,
                    case when n % 500 = 0 then 'US' when n % 2 = 0 then 'CT' else 'MR' end,
                    now(), n * 7919 % 100003,
                    case when n % 10 = 9 then 'DISCONTINUED' else 'WAITING' end,
                    'anna', now(), '110513', now() - n * interval '1 second',
                    case when n % 2000 = 0 then now() + n * interval '1 second' end
                  from generate_series(1, :tasks) n
                  """)
              .bind("proposal", proposal.id())
              .bind("tasks", tasks)
              .execute();
        });
    database.jdbi().useHandle(handle -> handle.execute("vacuum analyze"));
  }
}
