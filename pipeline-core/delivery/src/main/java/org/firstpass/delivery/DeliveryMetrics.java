package org.firstpass.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Meters of the room, by destination. Safe for use by many threads. */
final class DeliveryMetrics {
  private final MeterRegistry meters;
  private final Map<String, Numbers> numbers = new ConcurrentHashMap<>();

  /** What was counted last. */
  private record Numbers(Map<DeliveryState, AtomicLong> states, AtomicLong oldestSeconds) {}

  DeliveryMetrics(MeterRegistry meters, List<String> titles) {
    this.meters = meters;
    titles.forEach(this::register);
  }

  private void register(String destination) {
    Map<DeliveryState, AtomicLong> states = new EnumMap<>(DeliveryState.class);
    for (DeliveryState state : DeliveryState.values()) {
      var count = new AtomicLong();
      states.put(state, count);
      Gauge.builder(Names.OBJECTS, count, AtomicLong::doubleValue)
          .description("Objects for a destination by the state they are in")
          .baseUnit("objects")
          .tags("destination", destination, "state", state.name().toLowerCase(Locale.ROOT))
          .strongReference(true)
          .register(meters);
    }
    var oldest = new AtomicLong();
    Gauge.builder(Names.OLDEST_UNDELIVERED, oldest, AtomicLong::doubleValue)
        .description("Age of the oldest object that a destination does not have yet")
        .baseUnit("seconds")
        .tag("destination", destination)
        .strongReference(true)
        .register(meters);
    numbers.put(destination, new Numbers(states, oldest));
  }

  void attempt(String destination, Supplier<Attempt.Outcome> attempt) {
    long begin = System.nanoTime();
    Attempt.Outcome outcome = attempt.get();
    Timer.builder(Names.ATTEMPT)
        .description("One attempt to make, send and confirm an object, by how it ended")
        .tags("destination", destination, "outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(meters)
        .record(Duration.ofNanos(System.nanoTime() - begin));
  }

  void counted(String destination, Map<DeliveryState, Long> counts, long oldestSeconds) {
    Numbers known = numbers.get(destination);
    if (known != null) {
      known.states().forEach((state, count) -> count.set(counts.getOrDefault(state, 0L)));
      known.oldestSeconds().set(oldestSeconds);
    }
  }

  /** Whether something for the destination ended without success. */
  boolean hasFailures() {
    return numbers.values().stream()
        .flatMap(known -> known.states().entrySet().stream())
        .anyMatch(
            count ->
                count.getKey().isEnd()
                    && count.getKey() != DeliveryState.DELIVERED
                    && count.getValue().get() > 0);
  }

  /** The names of the meters. */
  static final class Names {
    static final String OBJECTS = "delivery.objects";
    static final String OLDEST_UNDELIVERED = "delivery.oldest.undelivered";
    static final String ATTEMPT = "delivery.attempt";

    private Names() {}
  }
}
