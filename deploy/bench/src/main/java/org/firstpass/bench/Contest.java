package org.firstpass.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Entrants that do the same work in turns; who begins changes with every round. */
final class Contest {
  private final List<Named> entrants = new ArrayList<>();

  private record Named(String name, Entrant entrant) {}

  /** One way to do the work. */
  interface Entrant {
    /** Does it once and answers the seconds that count. */
    double seconds(int round) throws Exception;
  }

  Contest enter(String name, Entrant entrant) {
    entrants.add(new Named(name, entrant));
    return this;
  }

  /** Times of all rounds but the first ones, which only warm up. */
  Results run(int warmUps, int rounds) throws Exception {
    var results = new Results();
    entrants.forEach(each -> results.of(each.name()));
    for (int round = 0; round < warmUps + rounds; round++) {
      List<Named> order = new ArrayList<>(entrants);
      Collections.rotate(order, round);
      for (Named each : order) {
        double seconds = each.entrant().seconds(round);
        System.err.printf("round %d, %s: %s%n", round, each.name(), Times.seconds(seconds));
        if (round >= warmUps) {
          results.of(each.name()).add(seconds);
        }
      }
    }
    return results;
  }
}
