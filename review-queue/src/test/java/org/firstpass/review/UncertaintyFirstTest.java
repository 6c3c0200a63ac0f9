package org.firstpass.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.ProposalNotes;
import org.firstpass.event.RouteTaken;
import org.firstpass.event.SegmentScore;
import org.junit.jupiter.api.Test;

final class UncertaintyFirstTest {
  private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");
  private final UncertaintyFirst strategy = new UncertaintyFirst();

  @Test
  void everyPartSaysWhatItIsAndTheirPointsMakeTheTotal() {
    PriorityScore score =
        strategy.score(ProposalFixture.proposal(1, 1, 0.4), NOW, NOW.plus(Duration.ofDays(3)));
    assertEquals(
        List.of("uncertainty", "waiting", "size", "not-found", "lot"),
        score.parts().stream().map(PriorityScore.Part::name).toList());
    assertEquals("The model is least sure of Liver.", score.parts().get(0).sentence());
    assertEquals(4.0, score.parts().get(0).points(), 1e-9);
    assertEquals("Waiting for 3.0 days.", score.parts().get(1).sentence());
    assertEquals(3.0, score.parts().get(1).points(), 1e-9);
    assertEquals("15 ml are marked; small cases are quick.", score.parts().get(2).sentence());
    assertEquals(500 / 515.0, score.parts().get(2).points(), 1e-9);
    assertEquals("Not found: Kidney.", score.parts().get(3).sentence());
    assertEquals(2 / 3.0, score.parts().get(3).points(), 1e-9);
    assertTrue(score.parts().get(4).value() >= 0 && score.parts().get(4).value() < 1);
    assertEquals(
        score.parts().stream().mapToDouble(PriorityScore.Part::points).sum(), score.total());
  }

  @Test
  void theStoredOrderIsTheOrderOfTheScoresWheneverOneLooks() {
    var random = new Random(7);
    for (int pair = 0; pair < 1_000; pair++) {
      ProposalMade one = ProposalFixture.proposal(2 * pair, 1, random.nextDouble());
      ProposalMade other = ProposalFixture.proposal(2 * pair + 1, 1, random.nextDouble());
      Instant oneArrived = NOW.minusSeconds(random.nextInt(1_000_000));
      Instant otherArrived = NOW.minusSeconds(random.nextInt(1_000_000));
      double byKey = strategy.orderKey(one, oneArrived) - strategy.orderKey(other, otherArrived);
      for (Duration later : List.of(Duration.ZERO, Duration.ofDays(40))) {
        Instant when = NOW.plus(later);
        double byScore =
            strategy.score(one, oneArrived, when).total()
                - strategy.score(other, otherArrived, when).total();
        assertEquals(byKey, byScore, 1e-6);
      }
    }
  }

  @Test
  void aCalibratedQualityTakesThePlaceOfTheEntropy() {
    ProposalMade plain = ProposalFixture.proposal(1, 1, 0.9);
    ProposalMade rated =
        ProposalFixture.with(
            plain,
            List.of(
                new SegmentScore(1, 1000, 12.5, 0.9, null, 0.75, List.of()),
                new SegmentScore(2, 200, 2.5, 0.1, null, 0.25, List.of()),
                new SegmentScore(3, 0, 0, 0)),
            ProposalNotes.NONE);
    PriorityScore.Part part = strategy.score(rated, NOW, NOW).parts().get(0);
    assertEquals("quality", part.name());
    assertEquals("Spleen is 25 % likely fine.", part.sentence());
    assertEquals(7.5, part.points(), 1e-9);
    assertEquals(9.0, strategy.score(plain, NOW, NOW).parts().get(0).points(), 1e-9);
  }

  @Test
  void whatARoutingRuleGivesIsAddedToTheScoreAndToTheOrder() {
    ProposalMade plain = ProposalFixture.proposal(1);
    ProposalMade urgent = routed(plain, new RouteTaken("stroke", "stroke", 5, null));
    PriorityScore score = strategy.score(urgent, NOW, NOW);
    assertEquals(
        new PriorityScore.Part("route", 1, 5, "Rule 'stroke' gives +5."), score.parts().get(5));
    assertEquals(strategy.score(plain, NOW, NOW).total() + 5, score.total(), 1e-9);
    assertEquals(5, strategy.orderKey(urgent, NOW) - strategy.orderKey(plain, NOW), 1e-9);
    ProposalMade later = routed(plain, new RouteTaken(null, null, -2, null));
    assertEquals(
        "The routing gives -2.", strategy.score(later, NOW, NOW).parts().get(5).sentence());
    ProposalMade neither = routed(plain, new RouteTaken("rest", null, 0, null));
    assertEquals(5, strategy.score(neither, NOW, NOW).parts().size());
  }

  private static ProposalMade routed(ProposalMade proposal, RouteTaken route) {
    var notes = new ProposalNotes(List.of(), null, List.of(), route, null);
    return ProposalFixture.with(proposal, proposal.scores(), notes);
  }

  @Test
  void theLotIsSpreadEvenlyAndIsTheSameForTheSameProposal() {
    double sum = 0;
    for (int number = 0; number < 2_000; number++) {
      PriorityScore score = strategy.score(ProposalFixture.proposal(number), NOW, NOW);
      assertEquals(score, strategy.score(ProposalFixture.proposal(number), NOW, NOW));
      sum += score.parts().get(4).value();
    }
    assertEquals(0.5, sum / 2_000, 0.03);
  }
}
