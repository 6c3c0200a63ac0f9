package org.firstpass.peer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  @Test
  void waitsDoubleUpToTheLongestAndVaryByHalf() {
    var budget = new RetryBudget(1000, "10s", "5m");
    var random = new Random(7);
    for (int made = 1; made <= 1000; made++) {
      long full = Math.min(300_000, (long) (10_000 * Math.pow(2, Math.min(made - 1, 20))));
      Duration wait = budget.waitAfter(made, random);
      assertTrue(wait.toMillis() >= full / 2 && wait.toMillis() <= full, made + ": " + wait);
    }
  }

  @Test
  void theBudgetIsUsedUpByItsLastAttempt() {
    var budget = new RetryBudget(3, "10s", "5m");
    assertFalse(budget.isUsedUp(2));
    assertTrue(budget.isUsedUp(3));
  }
}
