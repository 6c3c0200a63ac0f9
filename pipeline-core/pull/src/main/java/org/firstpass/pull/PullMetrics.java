package org.firstpass.pull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.firstpass.pull.Attempts.Outcome;

/** Meters of the room, by source. Safe for use by many threads. */
final class PullMetrics {
  private final MeterRegistry meters;
  private final Map<String, Numbers> numbers = new ConcurrentHashMap<>();

  /** What was counted last. */
  private record Numbers(
      Map<PullState, AtomicLong> states, AtomicLong held, AtomicLong failedQuestions) {}

  PullMetrics(MeterRegistry meters, List<PullSource> sources) {
    this.meters = meters;
    sources.forEach(source -> register(source.title()));
  }

  private void register(String source) {
    Map<PullState, AtomicLong> states = new EnumMap<>(PullState.class);
    for (PullState state : PullState.values()) {
      var count = new AtomicLong();
      states.put(state, count);
      Gauge.builder(Names.STUDIES, count, AtomicLong::doubleValue)
          .description("Studies that are fetched from a source, by the state they are in")
          .baseUnit("studies")
          .tags("source", source, "state", state.name().toLowerCase(Locale.ROOT))
          .strongReference(true)
          .register(meters);
    }
    var held = new AtomicLong();
    Gauge.builder(Names.HELD, held, AtomicLong::doubleValue)
        .description("1 while backfills wait for their hours, for free disk or for workers")
        .tag("source", source)
        .strongReference(true)
        .register(meters);
    var failed = new AtomicLong();
    Gauge.builder(Names.FAILED_QUERIES, failed, AtomicLong::doubleValue)
        .description("Questions for priors or for a window of a backfill that failed")
        .baseUnit("queries")
        .tag("source", source)
        .strongReference(true)
        .register(meters);
    numbers.put(source, new Numbers(states, held, failed));
  }

  void fetch(String source, Tally tally, Supplier<Outcome> attempt) {
    time(Names.FETCH, "One attempt to fetch a study, by how it ended", source, attempt);
    count(source, "present", tally.present());
    count(source, "arrived", tally.arrived());
    count(source, "refused", tally.refused());
    count(source, "missing", tally.missing());
  }

  private void count(String source, String outcome, int instances) {
    if (instances > 0) {
      Counter.builder(Names.INSTANCES)
          .description("Instances that were to be fetched, by what became of them in an attempt")
          .baseUnit("instances")
          .tags("source", source, "outcome", outcome)
          .register(meters)
          .increment(instances);
    }
  }

  void query(String source, Supplier<Outcome> attempt) {
    time(
        Names.QUERY,
        "One question for priors or for a window of a backfill, by how it ended",
        source,
        attempt);
  }

  private void time(String name, String meaning, String source, Supplier<Outcome> attempt) {
    long begin = System.nanoTime();
    Outcome outcome = attempt.get();
    Timer.builder(name)
        .description(meaning)
        .tags("source", source, "outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(meters)
        .record(Duration.ofNanos(System.nanoTime() - begin));
  }

  void counted(String source, Map<PullState, Long> counts, long failedQuestions, boolean isHeld) {
    Numbers known = numbers.get(source);
    if (known != null) {
      known.states().forEach((state, count) -> count.set(counts.getOrDefault(state, 0L)));
      known.held().set(isHeld ? 1 : 0);
      known.failedQuestions().set(failedQuestions);
    }
  }

  /** Whether something that was to be fetched ended without success. */
  boolean hasFailures() {
    return numbers.values().stream()
        .flatMap(
            known ->
                Stream.of(
                    known.failedQuestions(),
                    Objects.requireNonNull(known.states().get(PullState.FAILED))))
        .anyMatch(count -> count.get() > 0);
  }

  /** The names of the meters. */
  static final class Names {
    static final String STUDIES = "pull.studies";
    static final String INSTANCES = "pull.instances";
    static final String FETCH = "pull.request";
    static final String QUERY = "pull.query";
    static final String FAILED_QUERIES = "pull.failed.queries";
    static final String HELD = "pull.held";

    private Names() {}
  }
}
