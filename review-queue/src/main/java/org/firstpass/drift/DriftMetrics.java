package org.firstpass.drift;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What the watch over the figures of corrections tells. Thread-safe. */
public final class DriftMetrics {

  /** The names of the meters. */
  public static final class Names {
    public static final String OPEN = "review.drift.alarms";
    public static final String RAISED = "review.drift.raised";
    public static final String SECOND = "review.second.readings";

    private Names() {}
  }

  private final AtomicInteger open = new AtomicInteger();
  private final Counter raised;
  private final Counter second;

  public DriftMetrics(MeterRegistry meters) {
    Gauge.builder(Names.OPEN, open, AtomicInteger::get)
        .description("Alarms on rising effort or falling acceptance that nobody took note of")
        .baseUnit("alarms")
        .strongReference(true)
        .register(meters);
    this.raised =
        Counter.builder(Names.RAISED)
            .description("Alarms on rising effort or falling acceptance that were raised")
            .baseUnit("alarms")
            .register(meters);
    this.second =
        Counter.builder(Names.SECOND)
            .description("Corrections that were drawn for a second reading")
            .baseUnit("readings")
            .register(meters);
  }

  public void open(int alarms) {
    open.set(alarms);
  }

  public void raised(int alarms) {
    raised.increment(alarms);
  }

  public void second(int readings) {
    second.increment(readings);
  }
}
