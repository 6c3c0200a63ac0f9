package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.junit.jupiter.api.Test;

/** Undo and the end of its grace while others are at it, and when a process fails in between. */
final class UndoRaceTest extends UndoScene {
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

  private static void rename(String from, String to) {
    fixture.database.useTransaction(
        handle -> handle.execute("alter table review." + from + " rename to " + to));
  }
}
