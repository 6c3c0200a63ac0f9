package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.event.ProposalMade;
import org.firstpass.review.ReviewCase;
import org.firstpass.server.WorklistRoom.Answer;
import org.firstpass.server.WorklistRoom.Caller;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both doors at once: whatever the order, one queue answers. */
final class WorklistOrdersTest {
  private static final int STEPS = 400;
  private static final int CASES = 6;
  private static final int ROUNDS = 20;
  private static final int CLAIMERS = 8;

  @TempDir static Path folder;
  private static WorklistRoom room;
  private static Caller anna;
  private static Caller ben;

  @BeforeAll
  static void start() {
    room = new WorklistRoom(folder);
    anna = room.as("anna");
    ben = room.as("ben");
  }

  @AfterAll
  static void stop() {
    room.close();
  }

  @Test
  void ofEightClaimersThroughBothDoorsExactlyOneWins() throws Exception {
    List<Caller> callers = new ArrayList<>();
    for (int number = 0; number < CLAIMERS; number++) {
      callers.add(room.newReader("claimer-" + number));
    }
    ExecutorService threads = Executors.newFixedThreadPool(CLAIMERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        ProposalMade proposal = room.propose("race-" + round);
        var start = new CyclicBarrier(CLAIMERS);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int number = 0; number < CLAIMERS; number++) {
          Caller caller = callers.get(number);
          boolean byWorklist = (number + round) % 2 == 0;
          String transaction = "1.2.3." + round + "." + number;
          answers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return byWorklist
                        ? caller
                            .state(WorklistRoom.uid(proposal), "IN PROGRESS", transaction)
                            .status()
                        : caller.api(task(proposal) + "/claim", "{}").status();
                  }));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get());
        }
        statuses.sort(null);
        assertEquals(List.of(200, 409, 409, 409, 409, 409, 409, 409), statuses, "round " + round);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void everyOrderOfStepsAnswersWhatTheOneTableSays() {
    long seed = Long.getLong("firstpass.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    List<Model> models = new ArrayList<>();
    for (int number = 0; number < CASES; number++) {
      models.add(new Model(room.propose("order-" + number)));
    }
    for (int step = 0; step < STEPS; step++) {
      Model model = models.get(random.nextInt(CASES));
      String what = "seed " + seed + " step " + step;
      model.step(random, what);
      assertEquals(model.state(), anna.stateOf(WorklistRoom.uid(model.proposal)), what + " state");
    }
    for (Model model : models) {
      assertEquals(
          model.completed() ? 1 : 0,
          room.corrections(model.proposal.series()).size(),
          "seed " + seed + " corrections");
    }
  }

  private static String task(ProposalMade proposal) {
    return "/api/tasks/" + ReviewCase.taskOf(proposal.id());
  }

  /** What a workitem should be, worked out from what was answered. */
  private static final class Model {
    private enum Phase {
      WAITING,
      CLAIMED,
      COMPLETED,
      CANCELED
    }

    final ProposalMade proposal;
    private final String uid;
    private final String task;
    private Phase phase = Phase.WAITING;
    private String holder = "";
    private String transaction = "";
    private Instant until = Instant.MIN;
    private boolean performed;
    private boolean givenUp;

    Model(ProposalMade proposal) {
      this.proposal = proposal;
      this.uid = WorklistRoom.uid(proposal);
      this.task = WorklistOrdersTest.task(proposal);
    }

    boolean completed() {
      return phase == Phase.COMPLETED;
    }

    private boolean expired() {
      return !room.clock.instant().isBefore(until);
    }

    private boolean held() {
      return phase == Phase.CLAIMED && !expired();
    }

    private boolean ended() {
      return phase == Phase.COMPLETED || phase == Phase.CANCELED;
    }

    String state() {
      return switch (phase) {
        case WAITING -> "SCHEDULED";
        case CLAIMED -> expired() ? "SCHEDULED" : "IN PROGRESS";
        case COMPLETED -> "COMPLETED";
        case CANCELED -> "CANCELED";
      };
    }

    void step(Random random, String what) {
      boolean isAnna = random.nextBoolean();
      Caller caller = isAnna ? anna : ben;
      String name = isAnna ? "anna" : "ben";
      // Mostly the one that holds it, so that stories come to an end.
      String shown = random.nextInt(4) > 0 && !transaction.isEmpty() ? transaction : random(random);
      boolean opens = phase == Phase.CLAIMED && shown.equals(transaction) && name.equals(holder);
      switch (random.nextInt(10)) {
        case 0, 1 -> claimByWorklist(caller, name, random(random), what);
        case 2 -> claimByApi(caller, name, what);
        case 3 -> release(caller, shown, opens, what);
        case 4 -> update(caller, shown, opens, true, what);
        case 5 -> update(caller, shown, opens, false, what);
        case 6 -> complete(caller, shown, opens, what);
        case 7 -> cancel(caller, shown, opens, what);
        case 8 -> {
          if (random.nextInt(3) == 0) {
            requestCancel(caller, what);
          }
        }
        case 9 -> room.clock.advance(Duration.ofSeconds(random.nextInt(100)));
        default -> throw new IllegalStateException();
      }
    }

    private static String random(Random random) {
      return "1.2.3." + (1 + random.nextInt(1_000_000));
    }

    private void take(String name, String with) {
      if (!with.equals(transaction)) {
        performed = false;
        givenUp = false;
      }
      phase = Phase.CLAIMED;
      holder = name;
      transaction = with;
      until = room.clock.instant().plus(WorklistRoom.LEASE);
    }

    private void claimByWorklist(Caller caller, String name, String with, String what) {
      boolean free = !held() && !ended();
      int status = caller.state(uid, "IN PROGRESS", with).status();
      assertEquals(free ? 200 : 409, status, what + " claim by worklist");
      if (free) {
        take(name, with);
      }
    }

    private void claimByApi(Caller caller, String name, String what) {
      boolean own = phase == Phase.CLAIMED && name.equals(holder);
      boolean free = !ended() && (own || !held());
      Answer answer = caller.api(task + "/claim", "{}");
      assertEquals(free ? 200 : 409, answer.status(), what + " claim by API");
      if (free) {
        String with = answer.json().path("transaction").asText();
        assertTrue(!own || with.equals(transaction), what + " keeps its transaction");
        take(name, with);
      }
    }

    private void release(Caller caller, String shown, boolean opens, String what) {
      int status = caller.api(task + "/release", "{\"transaction\":\"" + shown + "\"}").status();
      assertEquals(opens ? 200 : 409, status, what + " release");
      if (opens) {
        phase = Phase.WAITING;
        transaction = "";
        performed = false;
        givenUp = false;
      }
    }

    private void update(
        Caller caller, String shown, boolean opens, boolean performance, String what) {
      String body = performance ? WorklistRoom.performed() : WorklistRoom.givenUp("110531");
      int status = caller.post("/dicom-web/workitems/" + uid + "?" + shown, body).status();
      int expected = opens ? 200 : ended() || held() ? 400 : 409;
      assertEquals(expected, status, what + " update");
      if (opens) {
        until = room.clock.instant().plus(WorklistRoom.LEASE);
        performed |= performance;
        givenUp |= !performance;
      }
    }

    private void complete(Caller caller, String shown, boolean opens, String what) {
      int status = caller.state(uid, "COMPLETED", shown).status();
      assertEquals(expected(shown, opens, performed, Phase.COMPLETED), status, what + " complete");
      if (opens && performed) {
        phase = Phase.COMPLETED;
      }
    }

    private void cancel(Caller caller, String shown, boolean opens, String what) {
      int status = caller.state(uid, "CANCELED", shown).status();
      assertEquals(expected(shown, opens, givenUp, Phase.CANCELED), status, what + " cancel");
      if (opens && givenUp) {
        phase = Phase.CANCELED;
      }
    }

    private int expected(String shown, boolean opens, boolean ready, Phase wished) {
      if (ended()) {
        return !shown.equals(transaction) ? 400 : phase == wished ? 200 : 409;
      }
      if (opens) {
        return ready ? 200 : 409;
      }
      return held() ? 400 : 409;
    }

    private void requestCancel(Caller caller, String what) {
      int status = caller.post("/dicom-web/workitems/" + uid + "/cancelrequest", "").status();
      int expected = phase == Phase.COMPLETED || held() ? 409 : 202;
      assertEquals(expected, status, what + " cancel request");
      if (!ended() && !held()) {
        phase = Phase.CANCELED;
      }
    }
  }
}
