package org.firstpass.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of one reader of one topic. Safe for use by many threads. */
final class StreamMetrics {
  /** What became of a record. */
  enum Outcome {
    DONE,
    LATER,
    DEAD_LETTER,
    RELEASED,
    LOST_LOCK
  }

  private final MeterRegistry meters;
  private final String topic;
  private final String group;
  private final AtomicLong lag = new AtomicLong();

  StreamMetrics(MeterRegistry meters, String topic, String group) {
    this.meters = meters;
    this.topic = topic;
    this.group = group;
  }

  void watchLag() {
    Gauge.builder(Names.LAG, lag, AtomicLong::doubleValue)
        .description("Records that were written and not yet handled by this process's group")
        .baseUnit("records")
        .tags("topic", topic, "group", group)
        .strongReference(true)
        .register(meters);
  }

  void lag(long records) {
    lag.set(records);
  }

  void count(Outcome outcome) {
    Counter.builder(Names.RECORDS)
        .description("Records by what became of them")
        .baseUnit("records")
        .tags("topic", topic, "group", group)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
  }

  Timer handling() {
    return Timer.builder(Names.HANDLING)
        .description("Time that a handler took for one record")
        .tags("topic", topic, "group", group)
        .register(meters);
  }

  LongTaskTimer running() {
    return LongTaskTimer.builder(Names.RUNNING)
        .description("Work that is running now, and for how long")
        .tags("topic", topic, "group", group)
        .register(meters);
  }

  /** The names of the meters. */
  static final class Names {
    static final String RECORDS = "stream.records";
    static final String HANDLING = "stream.handling";
    static final String RUNNING = "stream.running";
    static final String LAG = "stream.lag";
    static final String RELAYED = "stream.relayed";
    static final String RELAY_FAILURES = "stream.relay.failures";

    private Names() {}
  }
}
