package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.firstpass.event.CaseSelection;
import org.firstpass.event.CaseSelection.Way;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TransactionUid;
import org.firstpass.review.UncertaintyFirst;
import org.firstpass.selection.Drawing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PicksTest {
  private static final QueueFixture fixture = new QueueFixture();

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** 6 tasks, 3000 claims of each time all of them: found shares against the written ones. */
  @Test
  void claimsFallOnEachTaskAsOftenAsIsWrittenDown() {
    propose(6);
    var counts = new HashMap<UUID, Integer>();
    var written = new HashMap<UUID, Double>();
    int draws = 3000;
    ReviewTasks queue = queue(new Drawing(0.6, 11));
    for (int i = 0; i < draws; i++) {
      ReviewTask.Claimed claimed = queue.claimNext("anna").orElseThrow();
      counts.merge(claimed.id(), 1, Integer::sum);
      written.put(claimed.id(), selection(claimed.id()).orElseThrow().probability());
      queue.release(claimed.id(), new Fence("anna", claimed.lease().transaction()));
    }
    assertEquals(6, written.size());
    assertEquals(1, written.values().stream().mapToDouble(p -> p).sum(), 1e-9);
    assertEquals(
        List.of(0.1, 0.5),
        written.values().stream().map(p -> Math.round(p * 1e9) / 1e9).distinct().sorted().toList());
    double chiSquare = chiSquare(counts, written, draws);
    // The 99.9th percentile with 5 degrees of freedom.
    assertTrue(chiSquare < 20.52, () -> "chi-square " + chiSquare + " of " + counts);
  }

  /** More wait than a draw looks at, so that each has a probability of its own. */
  @Test
  void withManyWaitingEachProbabilityIsItsOwnAndStillTrue() {
    fixture.database.useTransaction(handle -> handle.execute("select setseed(0.5)"));
    propose(150);
    var counts = new HashMap<UUID, Integer>();
    var written = new HashMap<UUID, Double>();
    int draws = 6000;
    ReviewTasks queue = queue(new Drawing(1, 12));
    for (int i = 0; i < draws; i++) {
      ReviewTask.Claimed claimed = queue.claimNext("anna").orElseThrow();
      counts.merge(claimed.id(), 1, Integer::sum);
      written.put(claimed.id(), selection(claimed.id()).orElseThrow().probability());
      queue.release(claimed.id(), new Fence("anna", claimed.lease().transaction()));
    }
    assertEquals(150, written.size());
    assertEquals(1, written.values().stream().mapToDouble(p -> p).sum(), 1e-9);
    assertTrue(written.values().stream().distinct().count() > 100);
    double chiSquare = chiSquare(counts, written, draws);
    // The 99.9th percentile with 149 degrees of freedom.
    assertTrue(chiSquare < 208.4, () -> "chi-square " + chiSquare);
  }

  @Test
  void aDrawCanBeMadeAgainFromWhatIsWritten() {
    propose(5);
    ReviewTasks queue = queue(new Drawing(0.5, 77));
    var lots = new HashMap<UUID, Double>();
    fixture.database.useTransaction(
        handle ->
            handle
                .createQuery("select id, lot from review.task")
                .map(
                    (row, context) ->
                        lots.put(row.getObject("id", UUID.class), row.getDouble("lot")))
                .list());
    int byLot = 0;
    while (!lots.isEmpty()) {
      UUID claimed = queue.claimNext("anna").orElseThrow().id();
      Written pick = written(claimed);
      assertEquals(lots.size(), pick.waiting());
      Drawing.Draw draw = new Drawing(pick.share(), pick.seed()).draw("anna", pick.number());
      assertEquals(pick.way() == Way.LOT, draw.byLot());
      if (draw.byLot()) {
        byLot++;
        List<UUID> circle =
            lots.keySet().stream()
                .sorted(
                    (a, b) ->
                        Double.compare(
                            (lots.get(a) - draw.place() + 1) % 1,
                            (lots.get(b) - draw.place() + 1) % 1))
                .toList();
        assertEquals(circle.get(draw.among(circle.size())), claimed);
      }
      lots.remove(claimed);
    }
    assertTrue(byLot > 0 && byLot < 5, "both ways are in it");
  }

  @Test
  void whatIsDueOrAskedForFirstIsNotLeftToChance() {
    UUID usual = ReviewCase.taskOf(fixture.propose(1).id());
    UUID due = ReviewCase.taskOf(fixture.propose(2).id());
    UUID later = ReviewCase.taskOf(fixture.propose(3).id());
    UUID routed = routed(4, 5);
    due(due, Duration.ofHours(20));
    due(later, Duration.ofDays(3));
    ReviewTasks queue = queue(new Drawing(1, 5));
    assertEquals(due, queue.claimNext("anna").orElseThrow().id());
    assertEquals(routed, queue.claimNext("anna").orElseThrow().id());
    for (UUID each : List.of(due, routed)) {
      assertEquals(
          Optional.of(new CaseSelection("uncertainty-first", Way.CLINICAL, 1.0)), selection(each));
    }
    UUID drawn = queue.claimNext("anna").orElseThrow().id();
    assertEquals(0.5, selection(drawn).orElseThrow().probability());
    assertTrue(List.of(usual, later).contains(drawn));
  }

  @Test
  void whatAPersonChoosesHasNoProbability() {
    ProposalMade one = fixture.propose(1);
    UUID task = ReviewCase.taskOf(one.id());
    fixture.queue.claim(task, "anna");
    assertEquals(
        Optional.of(new CaseSelection("uncertainty-first", Way.HAND, null)), selection(task));
  }

  @Test
  void whatWasPickedKeepsItsProbabilityWhenTheLeaseLapses() {
    propose(4);
    ReviewTask.Claimed claimed = fixture.queue.claimNext("anna").orElseThrow();
    Optional<CaseSelection> before = selection(claimed.id());
    fixture.clock.advance(QueueFixture.LEASE);
    assertEquals(claimed.id(), fixture.queue.claimNext("ben").orElseThrow().id());
    assertEquals(before, selection(claimed.id()));
    assertEquals(Way.ORDER, before.orElseThrow().way());
    assertEquals(0.98 + 0.02 / 4, before.orElseThrow().probability(), 1e-12);
  }

  @Test
  void whatIsLookedAtIsWhatIsClaimedWhateverTheLotSays() {
    propose(8);
    var drawing = new Drawing(0.5, 9);
    var worklist =
        new WorklistRows(fixture.database, new UncertaintyFirst(), drawing, fixture.clock);
    ReviewTasks queue = queue(drawing);
    for (int i = 0; i < 8; i++) {
      UUID seen = worklist.next("anna").orElseThrow().row().task().id();
      assertEquals(seen, worklist.next("anna").orElseThrow().row().task().id());
      assertEquals(seen, queue.claimNext("anna").orElseThrow().id());
    }
    assertTrue(queue.claimNext("anna").isEmpty());
  }

  private static double chiSquare(
      Map<UUID, Integer> counts, Map<UUID, Double> probabilities, int draws) {
    return probabilities.entrySet().stream()
        .mapToDouble(
            each -> {
              double expected = each.getValue() * draws;
              return Math.pow(counts.get(each.getKey()) - expected, 2) / expected;
            })
        .sum();
  }

  private static ReviewTasks queue(Drawing drawing) {
    return new ReviewTasks(
        fixture.database,
        new UncertaintyFirst(),
        drawing,
        new ReviewTasks.LeaseTerms(
            QueueFixture.LEASE, () -> TransactionUid.of(UUID.randomUUID()), fixture.clock));
  }

  private static void propose(int number) {
    for (int each = 0; each < number; each++) {
      fixture.intake.accept(ProposalFixture.proposal(each, 1, (each * 7 % number) / 100.0));
    }
  }

  private static UUID routed(int number, int priority) {
    ProposalMade plain = ProposalFixture.proposal(number);
    var notes =
        new ProposalNotes(
            List.of(), null, List.of(), new RouteTaken("rule", "stroke", priority, null), null);
    fixture.intake.accept(ProposalFixture.with(plain, plain.scores(), notes));
    return ReviewCase.taskOf(plain.id());
  }

  private static void due(UUID task, Duration in) {
    fixture.database.useTransaction(
        handle ->
            handle.execute(
                "update review.task set due_at = ? where id = ?",
                fixture.clock.instant().plus(in),
                task));
  }

  private static Optional<CaseSelection> selection(UUID task) {
    return fixture.database.inTransaction(handle -> Picks.of(handle, task));
  }

  private record Written(Way way, int waiting, double share, long seed, long number) {}

  private static Written written(UUID task) {
    return fixture.database.inTransaction(
        handle ->
            handle
                .createQuery("select * from review.pick where task_id = :id")
                .bind("id", task)
                .map(
                    (row, context) ->
                        new Written(
                            Way.valueOf(row.getString("way")),
                            row.getInt("waiting"),
                            row.getDouble("random_share"),
                            row.getLong("seed"),
                            row.getLong("number")))
                .one());
  }
}
