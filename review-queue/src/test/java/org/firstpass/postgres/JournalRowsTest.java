package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingChange;
import org.firstpass.finding.Outline;
import org.firstpass.geometry.Vector3;
import org.firstpass.journal.JournalEntry;
import org.firstpass.journal.JournalTestEntries;
import org.firstpass.journal.Runs;
import org.firstpass.journal.StrokeJournal.Answer;
import org.firstpass.segment.CodedConcept;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JournalRowsTest {
  private static QueueFixture fixture;
  private static JournalRows journal;
  private UUID task;

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
  void aTask() {
    fixture.clear();
    fixture.propose(1);
    task = fixture.queue.claimNext("anna").orElseThrow().id();
  }

  @Test
  void whatWasKeptIsThereInOrder() {
    List<JournalEntry> steps = steps(1, 5);
    assertEquals(new Answer.Kept(2), journal.append(task, "anna", steps.subList(0, 2)));
    assertEquals(new Answer.Kept(5), journal.append(task, "anna", steps.subList(2, 5)));
    assertEquals(steps, journal.open(task, "anna"));
    assertEquals(List.of(), journal.open(task, "ben"));
  }

  @Test
  void aStepOnAFindingIsReadBackAsItWas() {
    var concept = new CodedConcept("410668003", "SCT", "Length");
    var at = Instant.parse("2026-11-29T08:00:00.125Z");
    var heading = new Finding.Heading(new UUID(4, 2), concept, 0, "anna", at);
    var outline = Outline.of(new Vector3(0.1, 0.2, 0.3), new Vector3(1 / 3.0, 2, 3));
    var made = new FindingChange(heading.id(), new Finding.Length(heading, outline));
    var steps =
        List.of(
            onFinding(1, at, made),
            JournalTestEntries.edit(2, 0, 5, 1),
            onFinding(3, at, new FindingChange(heading.id(), null)));
    assertEquals(new Answer.Kept(3), journal.append(task, "anna", steps));
    assertEquals(steps, journal.open(task, "anna"));
    assertEquals(new Answer.Kept(3), journal.append(task, "anna", steps));
    assertEquals(
        new Answer.MovedOn(3),
        journal.append(
            task, "anna", List.of(onFinding(1, at, new FindingChange(heading.id(), null)))));
  }

  private static JournalEntry onFinding(int number, Instant at, FindingChange change) {
    return new JournalEntry(
        number, JournalEntry.Kind.EDIT, 0, "length", 0, at, 7, 0, Runs.NONE, change);
  }

  @Test
  void sentAgainItIsKeptOnce() {
    List<JournalEntry> steps = steps(1, 5);
    journal.append(task, "anna", steps.subList(0, 3));
    assertEquals(new Answer.Kept(3), journal.append(task, "anna", steps.subList(0, 3)));
    assertEquals(new Answer.Kept(5), journal.append(task, "anna", steps.subList(1, 5)));
    assertEquals(steps, journal.open(task, "anna"));
    assertEquals(new Answer.Kept(5), journal.append(task, "anna", steps.subList(0, 1)));
  }

  @Test
  void anotherStepUnderTheSameNumberIsRefusedAndNothingOfItKept() {
    journal.append(task, "anna", steps(1, 2));
    var other = List.of(JournalTestEntries.edit(2, 50, 1, 2), JournalTestEntries.edit(3, 0, 1, 1));
    assertEquals(new Answer.MovedOn(2), journal.append(task, "anna", other));
    assertEquals(new Answer.MovedOn(2), journal.append(task, "anna", steps(4, 4)));
    assertEquals(steps(1, 2), journal.open(task, "anna"));
  }

  @Test
  void readersDoNotWriteInEachOthersDrafts() {
    journal.append(task, "anna", steps(1, 3));
    journal.append(task, "ben", steps(1, 1));
    assertEquals(steps(1, 3), journal.open(task, "anna"));
    assertEquals(steps(1, 1), journal.open(task, "ben"));
  }

  @Test
  void aCorrectionFindsTheStepsThatItWasMadeOfAfterItHasClosedThem() {
    var correction = new UUID(4, 4);
    journal.append(task, "anna", steps(1, 3));
    assertEquals(steps(1, 3), journal.submitted(task, "anna", correction));
    fixture.database.useTransaction(handle -> JournalRows.close(handle, task, "anna", correction));
    assertEquals(List.of(), journal.open(task, "anna"));
    assertEquals(steps(1, 3), journal.submitted(task, "anna", correction));
    // What the reader draws after it belongs to another correction.
    journal.append(task, "anna", steps(1, 1));
    assertEquals(steps(1, 3), journal.submitted(task, "anna", correction));
    assertEquals(steps(1, 1), journal.submitted(task, "anna", new UUID(5, 5)));
    assertEquals(List.of(), journal.submitted(task, "ben", correction));
  }

  @Test
  void ofTwoTabsThatWriteAtOnceOneGoesOn() throws Exception {
    var together = new CountDownLatch(2);
    var threads = Executors.newFixedThreadPool(2);
    try {
      for (int number = 1; number <= 50; number++) {
        var one = List.of(JournalTestEntries.edit(number, 0, 1, 1));
        var other = List.of(JournalTestEntries.edit(number, 1, 1, 2));
        Future<Answer> first = threads.submit(() -> appended(together, one));
        Future<Answer> second = threads.submit(() -> appended(together, other));
        long kept =
            List.of(first.get(), second.get()).stream()
                .filter(Answer.Kept.class::isInstance)
                .count();
        assertEquals(1, kept);
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(50, journal.open(task, "anna").size());
  }

  private Answer appended(CountDownLatch together, List<JournalEntry> steps)
      throws InterruptedException {
    together.countDown();
    together.await();
    return journal.append(task, "anna", steps);
  }

  @Test
  void aTaskThatIsNotThereHasNoJournal() {
    assertEquals(new Answer.NoTask(), journal.append(UUID.randomUUID(), "anna", steps(1, 1)));
  }

  @Test
  void aStepIsNeverChanged() {
    journal.append(task, "anna", steps(1, 1));
    assertThrows(
        UnableToExecuteStatementException.class,
        () ->
            fixture.database.useTransaction(
                handle -> handle.execute("update review.stroke set segment = 2")));
    assertThrows(
        UnableToExecuteStatementException.class,
        () ->
            fixture.database.useTransaction(handle -> handle.execute("delete from review.stroke")));
  }

  @Test
  void aDraftThatBecameACorrectionIsNoLongerOpen() {
    journal.append(task, "anna", steps(1, 2));
    journal.append(task, "ben", steps(1, 1));
    fixture.database.useTransaction(
        handle -> JournalRows.close(handle, task, "anna", UUID.randomUUID()));
    assertEquals(List.of(), journal.open(task, "anna"));
    assertEquals(steps(1, 1), journal.open(task, "ben"));
    assertEquals(new Answer.Kept(1), journal.append(task, "anna", steps(1, 1)));
  }

  private static List<JournalEntry> steps(int first, int last) {
    return java.util.stream.IntStream.rangeClosed(first, last)
        .mapToObj(number -> JournalTestEntries.edit(number, number, 2, 1))
        .toList();
  }
}
