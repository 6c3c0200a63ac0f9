package org.firstpass.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.firstpass.event.ProposalMade;
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
