package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewWorklist;
import org.firstpass.review.ReviewWorklist.Page;
import org.firstpass.review.ReviewWorklist.Place;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.review.WorklistFilter;
import org.firstpass.review.WorklistFilter.Kind;
import org.firstpass.review.WorklistFilter.Search;
import org.firstpass.review.WorklistSection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What filters and searches find among many tasks; how soon is measured by the benchmark. */
final class WorklistSearchTest {
  private static final int TASKS = 10_000;
  private static final int PAGE = 50;
  private static final Optional<String> ANY = Optional.empty();

  private static QueueFixture fixture;
  private static WorklistRows worklist;

  @BeforeAll
  static void fill() {
    fixture = new QueueFixture();
    worklist =
        new WorklistRows(
            fixture.database, new UncertaintyFirst(), QueueFixture.ORDERLY, fixture.clock);
    ProposalMade proposal = fixture.propose(0);
    fixture.database.useTransaction(
        handle -> {
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
              .bind("tasks", TASKS)
              .execute();
        });
    fixture.database.jdbi().useHandle(handle -> handle.execute("vacuum analyze review.task"));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void everyLetterOfAUidThatIsTypedNarrowsWhatIsFound() {
    String series = "1.2.826.7.7777";
    long before = Long.MAX_VALUE;
    for (int typed = 1; typed <= series.length(); typed++) {
      long found = count(WorklistSection.ALL, searching(series.substring(0, typed)));
      assertTrue(found <= before, series.substring(0, typed));
      before = found;
    }
    assertEquals(1, before);
  }

  @Test
  void theEndOfAUidFindsIt() {
    assertEquals(1, count(WorklistSection.ALL, searching("6.7.7777")));
    assertEquals(PAGE, page(WorklistSection.ALL, searching("7"), null).entries().size());
  }

  @Test
  void theStudiesOfRequestsAreFoundByTheHundred() {
    var studies = new ArrayList<String>();
    for (int study = 1; study <= 250; study++) {
      studies.add("1.2.826." + study * 11);
    }
    var search = new Search(Optional.empty(), studies, List.of());
    WorklistFilter asked = filter(Kind.ANY, ANY, Optional.empty(), Optional.of(search));
    assertEquals(3 * 250, count(WorklistSection.ALL, asked));
  }

  @Test
  void aFilterLetsThroughTheFewThatPass() {
    // Of the tasks 9 in 10 are open: those whose number does not end in 9.
    assertEquals(TASKS / 500, open(kind(new Kind(Optional.of("US"), ANY, ANY, ANY))));
    assertEquals(TASKS / 1000, open(kind(new Kind(ANY, ANY, ANY, Optional.of("Nodule")))));
    assertEquals(0, open(kind(new Kind(Optional.of("XA"), ANY, ANY, ANY))));
    var hours = Optional.of(Instant.now().plusSeconds(TASKS / 2 + 60));
    assertEquals(2, open(filter(Kind.ANY, ANY, hours, Optional.empty())));
  }

  @Test
  void aPageFarDownIsAsLongAsTheFirst() {
    var far = new Place("2000.0", new UUID(0, 0));
    assertEquals(PAGE, page(WorklistSection.NEXT, WorklistFilter.NONE, far).entries().size());
    assertEquals(TASKS / 10, count(WorklistSection.DISCONTINUED, WorklistFilter.NONE));
    // One is the fixture's own.
    assertEquals(TASKS + 1, count(WorklistSection.ALL, WorklistFilter.NONE));
  }

  @Test
  void theFiltersCanBeSetToWhatThereIs() {
    ReviewWorklist.Choices choices = worklist.choices();
    assertEquals(List.of("CT", "MR", "US"), choices.modalities());
    assertEquals(List.of("brain", "liver", "lung", "phantom"), choices.packages());
    assertEquals(List.of("quick"), choices.protocols());
    assertEquals(List.of("Nodule"), choices.tags());
  }

  private static long open(WorklistFilter filter) {
    assertTrue(page(WorklistSection.NEXT, filter, null).entries().size() <= PAGE);
    return count(WorklistSection.NEXT, filter);
  }

  private static long count(WorklistSection section, WorklistFilter filter) {
    return worklist.count(section, filter, 2 * TASKS);
  }

  private static Page page(WorklistSection section, WorklistFilter filter, @Nullable Place from) {
    return worklist.page(section, filter, Optional.ofNullable(from), PAGE);
  }

  private static WorklistFilter searching(String uid) {
    return filter(
        Kind.ANY,
        ANY,
        Optional.empty(),
        Optional.of(new Search(Optional.of(uid), List.of(), List.of())));
  }

  private static WorklistFilter kind(Kind kind) {
    return filter(kind, ANY, Optional.empty(), Optional.empty());
  }

  private static WorklistFilter filter(
      Kind kind, Optional<String> reader, Optional<Instant> due, Optional<Search> search) {
    return new WorklistFilter(kind, reader, Optional.empty(), due, false, search);
  }
}
