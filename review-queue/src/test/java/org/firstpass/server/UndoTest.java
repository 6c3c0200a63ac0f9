package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.CorrectionMetrics;
import org.firstpass.correction.Painting;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.correction.Submission;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EventCodec;
import org.firstpass.event.Outbox;
import org.firstpass.event.ReviewTaskChanged;
import org.firstpass.journal.JournalTestEntries;
import org.firstpass.postgres.JournalRows;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TransactionUid;
import org.firstpass.segment.Verdict;
import org.firstpass.ups.UpsState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submissions that may be undone, with a real database and a real store. */
final class UndoTest {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final List<SegmentVerdict> ALL_RIGHT =
      List.of(new SegmentVerdict(1, Verdict.ACCEPT), new SegmentVerdict(2, Verdict.ACCEPT));

  @TempDir static Path folder;
  private static QueueFixture fixture;
  private static CaseFixture cases;
  private static StoredCases archive;
  private static JournalRows journal;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    cases = new CaseFixture(folder);
    archive = new StoredCases(cases.store, new CaseMemory(1 << 20));
    journal = new JournalRows(fixture.database, fixture.clock);
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    archive.close();
    fixture.close();
  }

  @Test
  void untilTheGraceIsOverThereIsNoEventAndThenExactlyOne() {
    ReviewTask.Claimed task = claimNew();
    SubmitAnswer.Accepted submitted = accepted(submit(task));
    assertEquals(GRACE, submitted.undoFor());
    assertEquals(ReviewState.SUBMITTED, state(task));
    fixture.clock.advance(GRACE.minusMillis(1));
    assertEquals(List.of(), fixture.grace.acceptDue(10));
    assertEquals(List.of(), corrections());
    fixture.clock.advance(Duration.ofMillis(1));
    assertEquals(1, fixture.grace.acceptDue(10).size());
    assertEquals(List.of(), fixture.grace.acceptDue(10));
    assertEquals(ReviewState.ACCEPTED, state(task));
    assertEquals(submitted.receipt().correctionId(), corrections().get(0).id());
    assertEquals(1, corrections().size());
    assertEquals(List.of("ACCEPTED"), kinds());
    assertEquals(0, fixture.count("select count(*) from review.grace"));
  }

  @Test
  void theEventSaysWhatWasSubmittedAndWhen() {
    ReviewTask.Claimed task = claimNew();
    fixture.clock.advance(Duration.ofSeconds(30));
    Instant submitted = fixture.clock.instant();
    submit(task, new Submission(ALL_RIGHT, Set.of(), Painting.nothing(), 20_000, GRACE));
    fixture.clock.advance(Duration.ofHours(1));
    fixture.grace.acceptDue(10);
    CorrectionAccepted event = corrections().get(0);
    assertEquals(submitted, event.time());
    assertEquals(20_000, event.activeMillis());
    assertEquals("anna", event.reader());
  }

  @Test
  void undoneTheReaderHoldsTheTaskAgainWithTheSameJournalAndNothingIsLearned() {
    ReviewTask.Claimed task = claimNew();
    var steps = List.of(JournalTestEntries.edit(1, 5, 2, 1), JournalTestEntries.edit(2, 9, 1, 1));
    journal.append(task.id(), "anna", steps);
    fixture.clock.advance(Duration.ofSeconds(40));
    submit(task);
    assertEquals(List.of(), journal.open(task.id(), "anna"));
    fixture.clock.advance(Duration.ofSeconds(3));
    ReviewTask.Claimed again = undone(fixture.grace.undo(task.id(), fence(task)));
    assertEquals("anna", again.lease().holder());
    assertNotEquals(task.lease().transaction(), again.lease().transaction());
    assertEquals(task.lease().claimed(), again.lease().claimed());
    assertEquals(fixture.clock.instant().plus(QueueFixture.LEASE), again.lease().until());
    assertEquals(steps, journal.open(task.id(), "anna"));
    assertEquals(again, fixture.queue.find(task.id()).orElseThrow().task());
    fixture.clock.advance(Duration.ofHours(1));
    assertEquals(List.of(), fixture.grace.acceptDue(10));
    assertEquals(List.of(), corrections());
    assertEquals(List.of("UNDONE"), kinds());
  }

  @Test
  void whatIsSubmittedAfterAnUndoFollowsTheUndoneRevision() {
    ReviewTask.Claimed first = claimNew();
    submit(first);
    ReviewTask.Claimed second = undone(fixture.grace.undo(first.id(), fence(first)));
    SubmitAnswer.Accepted answer = accepted(submit(second));
    assertEquals(2, answer.receipt().revision());
    fixture.clock.advance(GRACE);
    fixture.grace.acceptDue(10);
    assertEquals(List.of("UNDONE", "ACCEPTED"), kinds());
    assertEquals(
        1,
        fixture.count(
            "select count(*) from review.revision r join review.revision p on p.id = r.parent"
                + " where r.kind = 'ACCEPTED' and p.kind = 'UNDONE'"));
    assertEquals(answer.receipt().correctionId(), corrections().get(0).id());
    assertEquals(1, corrections().size());
  }

  @Test
  void strokesThatCameAfterTheSubmissionDoNotHinderTheUndo() {
    ReviewTask.Claimed task = claimNew();
    var steps = List.of(JournalTestEntries.edit(1, 5, 2, 1));
    journal.append(task.id(), "anna", steps);
    submit(task);
    journal.append(task.id(), "anna", List.of(JournalTestEntries.edit(1, 50, 1, 2)));
    undone(fixture.grace.undo(task.id(), fence(task)));
    assertEquals(steps, journal.open(task.id(), "anna"));
    assertEquals(2, fixture.count("select count(*) from review.stroke"));
  }

  @Test
  void askedTwiceToUndoItAnswersTheSame() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    TaskAnswer first = fixture.grace.undo(task.id(), fence(task));
    assertEquals(first, fixture.grace.undo(task.id(), fence(task)));
  }

  @Test
  void anUndoAfterTheGraceIsTooLateEvenIfNobodyHasAcceptedYet() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    fixture.clock.advance(GRACE);
    assertEquals(
        new TaskAnswer.Closed(ReviewState.SUBMITTED, ReviewState.CLAIMED),
        fixture.grace.undo(task.id(), fence(task)));
    fixture.grace.acceptDue(10);
    assertEquals(
        new TaskAnswer.Closed(ReviewState.ACCEPTED, ReviewState.CLAIMED),
        fixture.grace.undo(task.id(), fence(task)));
    assertEquals(1, corrections().size());
  }

  @Test
  void onlyWhoSubmittedMayUndoAndOnlyWithItsTransaction() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    var other = new Fence("ben", task.lease().transaction());
    assertInstanceOf(TaskAnswer.Stale.class, fixture.grace.undo(task.id(), other));
    var wrong = new Fence("anna", TransactionUid.of(new UUID(9, 9)));
    assertInstanceOf(TaskAnswer.Stale.class, fixture.grace.undo(task.id(), wrong));
    assertEquals(ReviewState.SUBMITTED, state(task));
  }

  @Test
  void withoutGraceASubmissionIsFinalAtOnce() {
    ReviewTask.Claimed task = claimNew();
    SubmitAnswer.Accepted answer =
        accepted(submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 0)));
    assertEquals(Duration.ZERO, answer.undoFor());
    assertEquals(1, corrections().size());
    assertInstanceOf(TaskAnswer.Closed.class, fixture.grace.undo(task.id(), fence(task)));
  }

  @Test
  void theSameSubmitAgainAnswersTheSameReceiptBeforeAndAfterTheGrace() {
    ReviewTask.Claimed task = claimNew();
    SubmitAnswer.Accepted first = accepted(submit(task));
    fixture.clock.advance(Duration.ofSeconds(4));
    SubmitAnswer.Accepted again = accepted(submit(task));
    assertEquals(first.receipt(), again.receipt());
    assertEquals(Duration.ofSeconds(6), again.undoFor());
    fixture.clock.advance(Duration.ofSeconds(6));
    fixture.grace.acceptDue(10);
    SubmitAnswer.Accepted late = accepted(submit(task));
    assertEquals(first.receipt(), late.receipt());
    assertEquals(Duration.ZERO, late.undoFor());
    assertEquals(1, corrections().size());
  }

  @Test
  void theSameSubmitAgainAfterAnUndoIsRefused() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    undone(fixture.grace.undo(task.id(), fence(task)));
    assertInstanceOf(SubmitAnswer.Undone.class, submit(task));
    assertEquals(ReviewState.CLAIMED, state(task));
    assertEquals(List.of("UNDONE"), kinds());
  }

  @Test
  void nobodyElseGetsATaskWhoseGraceIsNotOver() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    fixture.clock.advance(QueueFixture.LEASE.multipliedBy(2));
    assertEquals(Optional.empty(), fixture.queue.claimNext("ben"));
    assertInstanceOf(TaskAnswer.Closed.class, fixture.queue.claim(task.id(), "ben"));
    assertInstanceOf(TaskAnswer.Stale.class, fixture.queue.release(task.id(), fence(task)));
  }

  @Test
  void onTheWorklistItIsInProgressUntilItIsAccepted() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    assertEquals(UpsState.IN_PROGRESS, ups(task));
    fixture.clock.advance(Duration.ofSeconds(1));
    undone(fixture.grace.undo(task.id(), fence(task)));
    assertEquals(UpsState.IN_PROGRESS, ups(task));
    fixture.clock.advance(Duration.ofSeconds(1));
    var again = (ReviewTask.Claimed) fixture.queue.find(task.id()).orElseThrow().task();
    submit(again);
    fixture.clock.advance(GRACE);
    assertEquals(UpsState.IN_PROGRESS, ups(task));
    fixture.grace.acceptDue(10);
    assertEquals(UpsState.COMPLETED, ups(task));
    assertEquals(
        List.of("WAITING", "CLAIMED", "SUBMITTED", "CLAIMED", "SUBMITTED", "ACCEPTED"), told());
  }

  @Test
  void whenTheEventCannotBeWrittenTheTaskStaysSubmittedAndIsAcceptedLater() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    fixture.clock.advance(GRACE);
    rename("outbox", "outbox_gone");
    try {
      assertThrows(RuntimeException.class, () -> fixture.grace.acceptDue(10));
    } finally {
      rename("outbox_gone", "outbox");
    }
    assertEquals(ReviewState.SUBMITTED, state(task));
    assertEquals(List.of("SUBMITTED"), kinds());
    assertEquals(1, fixture.grace.acceptDue(10).size());
    assertEquals(1, corrections().size());
  }

  @Test
  void whatAProcessLeftBehindAnotherOneAccepts() {
    ReviewTask.Claimed task = claimNew();
    submit(task);
    fixture.clock.advance(GRACE);
    try (var other = new QueueFixture.Process(fixture)) {
      assertEquals(1, other.grace().acceptDue(10).size());
    }
    assertEquals(ReviewState.ACCEPTED, state(task));
    assertEquals(1, corrections().size());
  }

  @Test
  void ofAnUndoAndTheEndOfTheGraceOneHappens() throws Exception {
    int rounds = 60;
    var threads = Executors.newFixedThreadPool(4);
    try (var other = new QueueFixture.Process(fixture)) {
      for (int round = 0; round < rounds; round++) {
        fixture.clear();
        ReviewTask.Claimed task = claimNew();
        submit(task);
        fixture.clock.advance(GRACE.minusMillis(1));
        var together = new CountDownLatch(1);
        Callable<Integer> ending = () -> waited(together, () -> other.grace().acceptDue(10).size());
        Callable<Integer> ends = () -> waited(together, () -> fixture.grace.acceptDue(10).size());
        Callable<Integer> undoing =
            () ->
                waited(
                    together,
                    () ->
                        fixture.grace.undo(task.id(), fence(task)).kind() == TaskAnswer.Kind.DONE
                            ? 1
                            : 0);
        Callable<Integer> time =
            () ->
                waited(
                    together,
                    () -> {
                      fixture.clock.advance(Duration.ofMillis(1));
                      return 0;
                    });
        List<Future<Integer>> running = new ArrayList<>();
        for (Callable<Integer> one : List.of(undoing, time, ending, ends)) {
          running.add(threads.submit(one));
        }
        together.countDown();
        int took = running.get(0).get();
        running.get(1).get();
        int accepted = running.get(2).get() + running.get(3).get();
        accepted += fixture.grace.acceptDue(10).size();
        assertEquals(1, took + accepted, "round " + round);
        assertEquals(accepted, corrections().size());
        assertEquals(took == 1 ? ReviewState.CLAIMED : ReviewState.ACCEPTED, state(task));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void ofManyProcessesEachDecisionIsAcceptedByOne() throws Exception {
    int tasks = 20;
    for (int number = 0; number < tasks; number++) {
      submit(claim("many" + number));
    }
    fixture.clock.advance(GRACE);
    var together = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(4);
    try (var other = new QueueFixture.Process(fixture)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int one = 0; one < 4; one++) {
        var grace = one % 2 == 0 ? fixture.grace : other.grace();
        running.add(threads.submit(() -> waited(together, () -> grace.acceptDue(100).size())));
      }
      together.countDown();
      int accepted = 0;
      for (Future<Integer> one : running) {
        accepted += one.get();
      }
      assertEquals(tasks, accepted);
    } finally {
      threads.shutdownNow();
    }
    assertEquals(tasks, corrections().size());
  }

  private static int waited(CountDownLatch together, Callable<Integer> work) throws Exception {
    together.await();
    return work.call();
  }

  private static ReviewTask.Claimed claimNew() {
    return claim("undo");
  }

  private static ReviewTask.Claimed claim(String name) {
    fixture.intake.accept(cases.proposal(name));
    return fixture.queue.claimNext("anna").orElseThrow();
  }

  private static SubmitAnswer submit(ReviewTask.Claimed task) {
    return submit(task, new Submission(ALL_RIGHT, Set.of(), Painting.nothing(), 0, GRACE));
  }

  private static SubmitAnswer submit(ReviewTask.Claimed task, Submission submission) {
    var desk =
        new CorrectionDesk(
            fixture.queue,
            fixture.corrections,
            archive,
            new CorrectionMetrics(new SimpleMeterRegistry()),
            fixture.clock);
    return desk.submit(task.id(), fence(task), submission);
  }

  private static SubmitAnswer.Accepted accepted(SubmitAnswer answer) {
    return assertInstanceOf(SubmitAnswer.Accepted.class, answer);
  }

  private static ReviewTask.Claimed undone(TaskAnswer answer) {
    return assertInstanceOf(
        ReviewTask.Claimed.class, assertInstanceOf(TaskAnswer.Done.class, answer).task());
  }

  private static Fence fence(ReviewTask.Claimed task) {
    return new Fence("anna", task.lease().transaction());
  }

  private static ReviewState state(ReviewTask task) {
    return fixture.queue.find(task.id()).orElseThrow().task().state();
  }

  private static UpsState ups(ReviewTask task) {
    return UpsState.of(fixture.queue.find(task.id()).orElseThrow().task(), fixture.clock.instant());
  }

  private static List<String> kinds() {
    return fixture.database.inTransaction(
        handle ->
            handle
                .createQuery("select kind from review.revision order by number")
                .mapTo(String.class)
                .list());
  }

  private static void rename(String from, String to) {
    fixture.database.useTransaction(
        handle -> handle.execute("alter table review." + from + " rename to " + to));
  }

  private static List<String> told() {
    return events(ReviewTaskChanged.class).stream().map(ReviewTaskChanged::state).toList();
  }

  private static List<CorrectionAccepted> corrections() {
    return events(CorrectionAccepted.class);
  }

  private static <T> List<T> events(Class<T> type) {
    var codec = new EventCodec();
    return fixture.outbox.next(1_000).stream()
        .map(Outbox.Row::event)
        .map(codec::decode)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
