package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.JournalTestEntries;
import org.firstpass.journal.StrokeJournal.Answer;
import org.firstpass.journal.StrokeJournal.Turn;
import org.firstpass.review.Fence;
import org.firstpass.review.Flag;
import org.firstpass.review.Handover;
import org.firstpass.review.Marks;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TaskMarks.Wish;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TaskMarkRowsTest {
  private static QueueFixture fixture;
  private static JournalRows journal;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    journal = new JournalRows(fixture.database, fixture.clock);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  void aTaskThatIsHandedOverWaitsForTheColleagueAndForNobodyElse() {
    ReviewTask.Claimed task = claimOnly();
    assertInstanceOf(TaskAnswer.Done.class, handOver(task, "ben", "the dome, please"));
    assertEquals(Optional.empty(), fixture.queue.claimNext("carl"));
    assertEquals(Optional.empty(), fixture.queue.claimNext("anna"));
    assertEquals(List.of(task.id()), ids(fixture.marks.handedTo("ben", 10)));
    assertEquals(List.of(), fixture.marks.handedTo("anna", 10));
    assertEquals(
        new Marks(
            Optional.of(new Handover("anna", "ben", "the dome, please", fixture.clock.instant())),
            Optional.empty(),
            Optional.empty(),
            false),
        marks(task));
    ReviewTask.Claimed taken = fixture.queue.claimNext("ben").orElseThrow();
    assertEquals(task.id(), taken.id());
    assertEquals("anna", marks(task).handover().orElseThrow().by());
  }

  @Test
  void itComesBeforeWhatIsFirstInOrder() {
    fixture.propose(1);
    fixture.propose(2);
    ReviewTask.Claimed first = fixture.queue.claimNext("anna").orElseThrow();
    ReviewTask.Claimed second = fixture.queue.claimNext("anna").orElseThrow();
    fixture.queue.release(first.id(), fence(first));
    handOver(second, "ben", "");
    assertEquals(second.id(), fixture.queue.claimNext("ben").orElseThrow().id());
    assertEquals(first.id(), fixture.queue.claimNext("ben").orElseThrow().id());
  }

  @Test
  void theJournalGoesAlongAndSaysWhoDidWhat() {
    ReviewTask.Claimed task = claimOnly();
    journal.append(task.id(), "anna", steps(1, 3));
    handOver(task, "ben", "");
    assertEquals(steps(1, 3), journal.open(task.id(), "ben"));
    assertEquals(List.of(), journal.open(task.id(), "anna"));
    assertEquals(new Answer.Kept(5), journal.append(task.id(), "ben", steps(4, 5)));
    assertEquals(List.of(new Turn(1, "anna"), new Turn(4, "ben")), journal.turns(task.id(), "ben"));
    ReviewTask.Claimed bens = fixture.queue.claimNext("ben").orElseThrow();
    fixture.marks.handOver(bens.id(), fence(bens), new Wish("anna", "back to you"));
    assertEquals(steps(1, 5), journal.open(task.id(), "anna"));
    assertEquals(
        List.of(new Turn(1, "anna"), new Turn(4, "ben"), new Turn(6, "anna")),
        journal.turns(task.id(), "anna"));
  }

  @Test
  void whoDidNothingInBetweenIsNoAuthor() {
    ReviewTask.Claimed task = claimOnly();
    journal.append(task.id(), "anna", steps(1, 2));
    handOver(task, "ben", "");
    ReviewTask.Claimed bens = fixture.queue.claimNext("ben").orElseThrow();
    fixture.marks.handOver(bens.id(), fence(bens), new Wish("carl", ""));
    assertEquals(
        List.of(new Turn(1, "anna"), new Turn(3, "carl")), journal.turns(task.id(), "carl"));
  }

  @Test
  void whatTheColleagueHadDrawnBeforeIsSetAsideAndKept() {
    ReviewTask.Claimed task = claimOnly();
    journal.append(task.id(), "ben", steps(1, 4));
    journal.append(task.id(), "anna", steps(1, 2));
    handOver(task, "ben", "");
    assertEquals(steps(1, 2), journal.open(task.id(), "ben"));
    assertEquals(6, fixture.count("select count(*) from review.stroke"));
  }

  @Test
  void withoutAnyStrokeThereIsNothingToGoAlong() {
    ReviewTask.Claimed task = claimOnly();
    handOver(task, "ben", "");
    assertEquals(List.of(), journal.open(task.id(), "ben"));
    assertEquals(List.of(), journal.turns(task.id(), "ben"));
  }

  @Test
  void onlyWhoHoldsItHandsItOver() {
    ReviewTask.Claimed task = claimOnly();
    var other = new Fence("ben", task.lease().transaction());
    assertInstanceOf(
        TaskAnswer.Stale.class, fixture.marks.handOver(task.id(), other, new Wish("ben", "")));
    assertEquals(ReviewState.CLAIMED, fixture.queue.find(task.id()).orElseThrow().task().state());
    assertInstanceOf(
        TaskAnswer.Unknown.class,
        fixture.marks.handOver(new UUID(0, 1), other, new Wish("ben", "")));
    handOver(task, "ben", "");
    assertInstanceOf(TaskAnswer.Stale.class, handOver(task, "carl", ""));
  }

  @Test
  void whoClaimsItByNameGetsItAndThenItIsNoLongerTheColleagues() {
    ReviewTask.Claimed task = claimOnly();
    handOver(task, "ben", "");
    var claimed =
        (ReviewTask.Claimed)
            assertInstanceOf(TaskAnswer.Done.class, fixture.queue.claim(task.id(), "carl")).task();
    assertEquals(Marks.NONE.coming(Way.HAND), marks(task));
    fixture.queue.release(task.id(), fence(claimed));
    assertEquals(task.id(), fixture.queue.claimNext("dora").orElseThrow().id());
  }

  @Test
  void whenTheColleagueGivesItBackItStillWaitsForThem() {
    ReviewTask.Claimed task = claimOnly();
    handOver(task, "ben", "");
    ReviewTask.Claimed bens = fixture.queue.claimNext("ben").orElseThrow();
    fixture.queue.release(bens.id(), fence(bens));
    assertEquals(Optional.empty(), fixture.queue.claimNext("carl"));
    assertEquals(task.id(), fixture.queue.claimNext("ben").orElseThrow().id());
  }

  @Test
  void aColleagueWhoNeverComesDoesNotHoldItForEver() {
    ReviewTask.Claimed task = claimOnly();
    handOver(task, "ben", "");
    fixture.clock.advance(TaskMarkRows.KEPT.minus(Duration.ofMillis(1)));
    assertEquals(Optional.empty(), fixture.queue.claimNext("carl"));
    fixture.clock.advance(Duration.ofMillis(1));
    assertEquals(task.id(), fixture.queue.claimNext("carl").orElseThrow().id());
  }

  @Test
  void aTaskIsMarkedForDiscussionAndTheMarkIsTakenAway() {
    ReviewTask.Claimed task = claimOnly();
    assertTrue(fixture.marks.flag(task.id(), "ben", "is this a cyst?"));
    assertEquals(
        Optional.of(new Flag("ben", "is this a cyst?", fixture.clock.instant())),
        marks(task).flag());
    assertTrue(fixture.marks.flag(task.id(), "anna", "I think so"));
    assertEquals("I think so", marks(task).flag().orElseThrow().comment());
    assertTrue(fixture.marks.unflag(task.id(), "anna"));
    assertEquals(Marks.NONE.coming(Way.ORDER), marks(task));
    assertEquals(2, fixture.count("select count(*) from review.flag"));
    assertFalse(fixture.marks.flag(new UUID(0, 1), "anna", "nothing"));
    assertFalse(fixture.marks.unflag(new UUID(0, 1), "anna"));
  }

  private static ReviewTask.Claimed claimOnly() {
    fixture.propose(1);
    return fixture.queue.claimNext("anna").orElseThrow();
  }

  private static TaskAnswer handOver(ReviewTask.Claimed task, String to, String note) {
    return fixture.marks.handOver(task.id(), fence(task), new Wish(to, note));
  }

  private static Fence fence(ReviewTask.Claimed task) {
    return new Fence(task.lease().holder(), task.lease().transaction());
  }

  private static Marks marks(ReviewTask task) {
    return fixture.queue.find(task.id()).orElseThrow().marks();
  }

  private static List<UUID> ids(List<TaskRow> rows) {
    return rows.stream().map(row -> row.task().id()).toList();
  }

  private static List<JournalEntry> steps(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> JournalTestEntries.edit(number, number, 2, 1))
        .toList();
  }
}
