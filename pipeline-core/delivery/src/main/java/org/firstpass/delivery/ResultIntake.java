package org.firstpass.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.ProposalMade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes results from the topics and writes down what of them goes where. The same event again
 * changes nothing.
 */
final class ResultIntake {
  private static final Logger LOG = LoggerFactory.getLogger(ResultIntake.class);

  private final List<Destination> destinations;
  private final ResultRows rows;
  private final StoredSeries series;
  private final Projects projects;
  private final Clock clock;
  private final Map<String, Instant> since = new HashMap<>();

  ResultIntake(
      List<Destination> destinations,
      ResultRows rows,
      StoredSeries series,
      Projects projects,
      Clock clock) {
    this.destinations = destinations;
    this.rows = rows;
    this.series = series;
    this.projects = projects;
    this.clock = clock;
  }

  /** Remembers each destination's first start, before anything can be told. */
  void begin() {
    for (Destination destination : destinations) {
      since.put(destination.title(), rows.since(destination.title(), clock.instant()));
    }
  }

  void accept(FirstpassEvent event) {
    if (event instanceof ProposalMade || event instanceof CorrectionAccepted) {
      accept(Result.of(event));
    }
  }

  private void accept(Result result) {
    List<ResultRows.Wanted> wanted = new ArrayList<>();
    for (Destination destination : destinations) {
      if (isMeant(destination, result)) {
        for (ObjectKind object : destination.objects(result.kind())) {
          if (result.offers(object)) {
            wanted.add(new ResultRows.Wanted(destination.title(), object));
          }
        }
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    int added = rows.add(result, wanted, clock.instant());
    LOG.info(
        "event {} series {}: {} objects to deliver",
        result.id(),
        result.input().reference().series(),
        added);
  }

  private boolean isMeant(Destination destination, Result result) {
    Instant begin = since.getOrDefault(destination.title(), Instant.MAX);
    Supplier<String> project = () -> projects.of(result.input().reference().series()).value();
    Supplier<String> modality = () -> series.modality(result.input());
    return !result.event().time().isBefore(begin)
        && destination.condition().holds(result.modelPackage().name(), project, modality);
  }
}
