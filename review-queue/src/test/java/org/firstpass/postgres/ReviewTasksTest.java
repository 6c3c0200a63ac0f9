package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalRefused;
import org.firstpass.event.SeriesArrived;
import org.firstpass.failure.ReasonCode;
import org.firstpass.intake.SeriesProgress;
import org.firstpass.review.DiscontinuationReason;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewQueue.TaskRow;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReviewTasksTest {
  private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void aProposalToldTwiceMakesOneTaskAndOneEvent() {
    ProposalMade proposal = fixture.propose(1);
    fixture.propose(1);
    assertEquals(1, fixture.queue.list(ReviewState.WAITING, 10).size());
    assertEquals(ReviewCase.taskOf(proposal.id()), only(ReviewState.WAITING).id());
    assertEquals(1, fixture.count("select count(*) from review.outbox"));
  }

  @Test
  void aTaskComesBackFromTheDatabaseAsItWasMade() {
    ProposalMade proposal = fixture.propose(1);
    fixture.intake.accept(
        new SeriesArrived(new UUID(3, 3), ProposalFixture.TIME, proposal.input(), "CT", 12));
    TaskRow row = fixture.queue.find(ReviewCase.taskOf(proposal.id())).orElseThrow();
    assertEquals(proposal, row.task().subject().proposal());
    assertEquals(ProposalFixture.TIME, row.task().subject().arrived());
    assertEquals(row.score(), row.task().subject().score());
    assertEquals(Optional.of("CT"), row.modality());
    fixture.clock.advance(Duration.ofDays(2));
    TaskRow later = fixture.queue.find(row.task().id()).orElseThrow();
    assertEquals(row.score().total() + 2, later.score().total(), 1e-6);
  }

  @Test
  void tasksAreClaimedInTheOrderInWhichTheyAreListed() {
    for (int number = 0; number < 40; number++) {
      fixture.intake.accept(ProposalFixture.proposal(number, 1, (number * 7 % 40) / 40.0));
      fixture.clock.advance(Duration.ofHours(5));
    }
    List<UUID> listed =
        fixture.queue.list(ReviewState.WAITING, 100).stream().map(row -> row.task().id()).toList();
    List<Double> totals =
        fixture.queue.list(ReviewState.WAITING, 100).stream()
            .map(row -> row.score().total())
            .toList();
    assertEquals(totals.stream().sorted((a, b) -> Double.compare(b, a)).toList(), totals);
    var claimed = new ArrayList<UUID>();
    for (Optional<ReviewTask.Claimed> task = fixture.queue.claimNext("anna");
        task.isPresent();
        task = fixture.queue.claimNext("anna")) {
      claimed.add(task.get().id());
    }
    assertEquals(listed, claimed);
    assertEquals(40L, fixture.queue.counts().get(ReviewState.CLAIMED));
  }

  @Test
  void manyReadersAtOnceClaimEachTaskOnce() throws Exception {
    int tasks = 1_000;
    int readers = 8;
    for (int number = 0; number < tasks; number++) {
      fixture.propose(number);
    }
    var together = new CountDownLatch(1);
    var work = new ArrayList<Callable<List<UUID>>>();
    for (int reader = 0; reader < readers; reader++) {
      String name = "reader" + reader;
      work.add(
          () -> {
            together.await();
            var mine = new ArrayList<UUID>();
            Optional<ReviewTask.Claimed> task = fixture.queue.claimNext(name);
            while (task.isPresent()) {
              mine.add(task.get().id());
              task = fixture.queue.claimNext(name);
            }
            return mine;
          });
    }
    var threads = Executors.newFixedThreadPool(readers);
    try {
      List<Future<List<UUID>>> running = work.stream().map(threads::submit).toList();
      together.countDown();
      Set<UUID> seen = new HashSet<>();
      int claims = 0;
      for (Future<List<UUID>> one : running) {
        claims += one.get().size();
        seen.addAll(one.get());
      }
      assertEquals(tasks, claims);
      assertEquals(tasks, seen.size());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anExpiredLeaseIsClaimableAgainWithAnotherTransaction() {
    fixture.propose(1);
    ReviewTask.Claimed first = fixture.queue.claimNext("anna").orElseThrow();
    fixture.clock.advance(QueueFixture.LEASE.minusMillis(1));
    assertTrue(fixture.queue.claimNext("ben").isEmpty());
    assertInstanceOf(TaskAnswer.Held.class, fixture.queue.claim(first.id(), "ben"));
    fixture.clock.advance(Duration.ofMillis(1));
    ReviewTask.Claimed second = fixture.queue.claimNext("ben").orElseThrow();
    assertEquals(first.id(), second.id());
    assertNotEquals(first.lease().transaction(), second.lease().transaction());
    assertInstanceOf(TaskAnswer.Stale.class, fixture.queue.renew(first.id(), fence(first)));
    assertInstanceOf(TaskAnswer.Stale.class, fixture.queue.release(first.id(), fence(first)));
    assertInstanceOf(
        TaskAnswer.Stale.class,
        fixture.queue.discontinue(first.id(), fence(first), DiscontinuationReason.UNSPECIFIED));
    assertEquals(second, fixture.queue.find(first.id()).orElseThrow().task());
  }

  @Test
  void aNamedTaskIsTakenOverWhenItsLeaseIsOver() {
    fixture.propose(1);
    ReviewTask.Claimed first = fixture.queue.claimNext("anna").orElseThrow();
    fixture.clock.advance(QueueFixture.LEASE);
    var answer = assertInstanceOf(TaskAnswer.Done.class, fixture.queue.claim(first.id(), "ben"));
    assertEquals("ben", ((ReviewTask.Claimed) answer.task()).lease().holder());
  }

  @Test
  void whoHoldsATaskAndClaimsItAgainKeepsTheTransaction() {
    fixture.propose(1);
    ReviewTask.Claimed first = fixture.queue.claimNext("anna").orElseThrow();
    fixture.clock.advance(Duration.ofMinutes(10));
    var again =
        (ReviewTask.Claimed)
            assertInstanceOf(TaskAnswer.Done.class, fixture.queue.claim(first.id(), "anna")).task();
    assertEquals(first.lease().transaction(), again.lease().transaction());
    assertEquals(first.lease().until().plus(Duration.ofMinutes(10)), again.lease().until());
  }

  @Test
  void renewingKeepsOthersOutForLonger() {
    fixture.propose(1);
    ReviewTask.Claimed task = fixture.queue.claimNext("anna").orElseThrow();
    fixture.clock.advance(Duration.ofMinutes(20));
    assertInstanceOf(TaskAnswer.Done.class, fixture.queue.renew(task.id(), fence(task)));
    fixture.clock.advance(Duration.ofMinutes(20));
    assertTrue(fixture.queue.claimNext("ben").isEmpty());
  }

  @Test
  void aReleasedTaskGoesBackToItsPlaceInTheOrder() {
    fixture.propose(1);
    fixture.propose(2);
    ReviewTask.Claimed first = fixture.queue.claimNext("anna").orElseThrow();
    fixture.queue.release(first.id(), fence(first));
    assertEquals(first.id(), fixture.queue.claimNext("ben").orElseThrow().id());
  }

  @Test
  void aDiscontinuedTaskIsNotClaimedAgain() {
    fixture.propose(1);
    ReviewTask.Claimed task = fixture.queue.claimNext("anna").orElseThrow();
    fixture.queue.discontinue(task.id(), fence(task), DiscontinuationReason.INSUFFICIENT_QUALITY);
    assertTrue(fixture.queue.claimNext("anna").isEmpty());
    assertEquals(
        new TaskAnswer.Closed(ReviewState.DISCONTINUED, ReviewState.CLAIMED),
        fixture.queue.claim(task.id(), "anna"));
    var ended = (ReviewTask.Discontinued) only(ReviewState.DISCONTINUED);
    assertEquals(DiscontinuationReason.INSUFFICIENT_QUALITY, ended.why().reason());
    assertEquals("anna", ended.why().by());
  }

  @Test
  void anotherReaderCannotWriteEvenWithTheTransaction() {
    fixture.propose(1);
    ReviewTask.Claimed task = fixture.queue.claimNext("anna").orElseThrow();
    var stolen = new Fence("ben", task.lease().transaction());
    assertInstanceOf(TaskAnswer.Stale.class, fixture.queue.release(task.id(), stolen));
  }

  @Test
  void aTaskThatDoesNotExistIsUnknown() {
    assertInstanceOf(TaskAnswer.Unknown.class, fixture.queue.claim(new UUID(0, 1), "anna"));
    assertTrue(fixture.queue.find(new UUID(0, 1)).isEmpty());
  }

  @Test
  void aLaterRevisionReplacesTheWaitingTaskAndLeavesTheClaimedOne() {
    fixture.propose(1);
    fixture.propose(2);
    ReviewTask.Claimed claimed = fixture.queue.claimNext("anna").orElseThrow();
    ReviewTask waiting = only(ReviewState.WAITING);
    fixture.intake.accept(ProposalFixture.proposal(1, 2, 0.1));
    fixture.intake.accept(ProposalFixture.proposal(2, 2, 0.1));
    var ended = (ReviewTask.Discontinued) only(ReviewState.DISCONTINUED);
    assertEquals(waiting.id(), ended.id());
    assertEquals("110526", ended.why().reason().code());
    assertEquals(claimed, only(ReviewState.CLAIMED));
    assertEquals(2, fixture.queue.list(ReviewState.WAITING, 10).size());
  }

  @Test
  void aProposalThatComesAfterItsSuccessorIsDiscontinuedAtOnce() {
    fixture.intake.accept(ProposalFixture.proposal(1, 2, 0.1));
    fixture.intake.accept(ProposalFixture.proposal(1, 1, 0.1));
    assertEquals(2, only(ReviewState.WAITING).subject().proposal().input().revision());
    assertEquals(1, only(ReviewState.DISCONTINUED).subject().proposal().input().revision());
  }

  @Test
  void aSeriesSaysHowFarItIs() {
    ProposalMade proposal = fixture.propose(1);
    var refused =
        new ProposalRefused(
            new UUID(5, 5),
            ProposalFixture.TIME,
            ProposalFixture.input(1, 2),
            ReasonCode.GANTRY_TILT,
            "sheared by 12 degrees");
    fixture.intake.accept(refused);
    fixture.intake.accept(refused);
    SeriesProgress progress = fixture.series.progress(proposal.series());
    assertEquals(
        List.of(SeriesProgress.Kind.PROPOSED, SeriesProgress.Kind.REFUSED),
        progress.outcomes().stream().map(SeriesProgress.Outcome::kind).toList());
    assertEquals(Optional.of("FP1001"), progress.outcomes().get(1).reason());
    assertEquals(ReviewState.WAITING, progress.tasks().get(0).state());
  }

  private ReviewTask only(ReviewState state) {
    List<TaskRow> rows = fixture.queue.list(state, 10);
    assertEquals(1, rows.size(), "tasks that are " + state);
    return rows.get(0).task();
  }

  private static Fence fence(ReviewTask.Claimed task) {
    return new Fence(task.lease().holder(), task.lease().transaction());
  }
}
