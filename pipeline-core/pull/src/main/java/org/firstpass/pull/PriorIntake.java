package org.firstpass.pull;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.SeriesArrived;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes series that arrived and writes down whose priors are asked for. The same event again
 * changes nothing, and what was fetched by a rule or a backfill has no priors fetched.
 */
final class PriorIntake {
  private static final Logger LOG = LoggerFactory.getLogger(PriorIntake.class);

  private final List<PriorRule> rules;
  private final PriorRows rows;
  private final Clock clock;
  private final Map<String, Instant> since = new HashMap<>();

  PriorIntake(List<PriorRule> rules, PriorRows rows, Clock clock) {
    this.rules = rules;
    this.rows = rows;
    this.clock = clock;
  }

  /** Remembers each rule's first start, before anything can be told. */
  void begin() {
    for (PriorRule rule : rules) {
      since.put(rule.title(), rows.since(rule, clock.instant()));
    }
  }

  void accept(FirstpassEvent event) {
    if (event instanceof SeriesArrived arrived && !arrived.holdsDrawings()) {
      List<PriorRule> holding = rules.stream().filter(rule -> holds(rule, arrived)).toList();
      if (!holding.isEmpty() && !rows.isFetched(arrived.series())) {
        holding.forEach(rule -> order(rule, arrived));
      }
    }
  }

  private boolean holds(PriorRule rule, SeriesArrived arrived) {
    Instant begin = since.get(rule.title());
    return begin != null
        && !arrived.time().isBefore(begin)
        && rule.holds(arrived.sentFor(), arrived.modality());
  }

  private void order(PriorRule rule, SeriesArrived arrived) {
    if (rows.add(rule, arrived.input().reference(), clock.instant())) {
      LOG.info(
          "event {} series {}: priors by rule {}", arrived.id(), arrived.series(), rule.title());
    }
  }
}
