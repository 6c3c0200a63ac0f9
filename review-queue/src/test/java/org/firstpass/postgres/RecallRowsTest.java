package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.event.ModelState;
import org.firstpass.event.ModelStateChanged;
import org.firstpass.event.PackageReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.intake.RecallIntake;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which tasks a recall of a model version takes away. */
class RecallRowsTest {
  private static final QueueFixture fixture = new QueueFixture();
  private static final Instant TIME = ProposalFixture.TIME;
  private static final PackageReference OLD = ProposalFixture.model("liver", "1.0");
  private static final PackageReference BAD = ProposalFixture.model("liver", "1.1");

  private final RecallRows rows = new RecallRows(fixture.database);
  private final RecallIntake intake = new RecallIntake(rows);

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void aWaitingTaskOfTheRecalledVersionIsWithdrawnAndNoOther() {
    ProposalMade bad = propose(1, BAD, 1);
    propose(2, OLD, 1);
    propose(3, ProposalFixture.model("lung", "1.1"), 1);
    intake.accept(recall("not for children"));
    assertEquals(List.of("liver 1.1"), in(ReviewState.DISCONTINUED));
    assertEquals(List.of("liver 1.0", "lung 1.1"), in(ReviewState.WAITING));
    assertEquals(List.of(bad.series()), rows.withdrawn("liver", "1.1"));
  }

  @Test
  void aVersionThatIsRetiredButNotRecalledKeepsItsTasks() {
    propose(1, BAD, 1);
    intake.accept(recall(null));
    assertEquals(List.of("liver 1.1"), in(ReviewState.WAITING));
  }

  @Test
  void whatAReaderHoldsStaysTheReaders() {
    propose(1, BAD, 1);
    assertTrue(fixture.queue.claimNext("reader-1").isPresent());
    assertEquals(0, rows.withdraw("liver", "1.1", TIME.plus(Duration.ofHours(1))));
    assertEquals(List.of("liver 1.1"), in(ReviewState.CLAIMED));
  }

  @Test
  void whatWasProposedAfterTheRecallStays() {
    propose(1, BAD, 90);
    intake.accept(recall("not for children"));
    assertEquals(List.of("liver 1.1"), in(ReviewState.WAITING));
  }

  @Test
  void aRecallThatIsToldTwiceChangesNothingMore() {
    propose(1, BAD, 1);
    assertEquals(1, rows.withdraw("liver", "1.1", TIME.plus(Duration.ofHours(1))));
    assertEquals(0, rows.withdraw("liver", "1.1", TIME.plus(Duration.ofHours(1))));
  }

  @Test
  void aSeriesThatAnotherVersionProposedForIsDoneWith() {
    propose(1, BAD, 1);
    intake.accept(recall("not for children"));
    propose(1, OLD, 120);
    assertEquals(List.of("liver 1.0"), in(ReviewState.WAITING));
    assertEquals(List.of(), rows.withdrawn("liver", "1.1"));
  }

  private static ModelStateChanged recall(String reason) {
    return new ModelStateChanged(
            new UUID(1, 2),
            TIME.plus(Duration.ofHours(1)),
            "liver",
            "1.1",
            ModelState.RETIRED,
            0,
            "lead-1")
        .recalling(reason);
  }

  private static ProposalMade propose(int number, PackageReference by, int minutes) {
    ProposalMade made =
        ProposalFixture.by(
            ProposalFixture.proposal(number, 1, 0.2), by, TIME.plus(Duration.ofMinutes(minutes)));
    fixture.intake.accept(made);
    return made;
  }

  private static List<String> in(ReviewState state) {
    return fixture.queue.list(state, 10).stream()
        .map(TaskRow::task)
        .map(ReviewTask::subject)
        .map(subject -> subject.proposal().modelPackage())
        .map(model -> model.name() + " " + model.version())
        .sorted()
        .toList();
  }
}
