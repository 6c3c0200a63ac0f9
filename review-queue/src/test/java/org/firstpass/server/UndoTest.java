package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.firstpass.correction.Painting;
import org.firstpass.correction.Submission;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.journal.JournalTestEntries;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.Fence;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.review.TransactionUid;
import org.firstpass.ups.UpsState;
import org.junit.jupiter.api.Test;

/** Submissions that may be undone, with a real database and a real store. */
final class UndoTest extends UndoScene {
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
}
