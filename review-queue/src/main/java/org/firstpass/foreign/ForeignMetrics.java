package org.firstpass.foreign;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.firstpass.failure.ReasonCode;
import org.firstpass.foreign.ForeignItem.Filed;
import org.firstpass.foreign.ForeignItem.State;

/** Where objects of other makers are put. Thread-safe. */
public final class ForeignMetrics {
  /** The names of this room's meters. */
  public static final class Names {
    public static final String OBJECTS = "foreign.objects";
    public static final String KEPT = "foreign.kept";

    private Names() {}
  }

  private final MeterRegistry meters;

  public ForeignMetrics(MeterRegistry meters, ForeignLedger ledger) {
    this.meters = meters;
    Gauge.builder(Names.KEPT, ledger, self -> self.counts().getOrDefault(State.KEPT, 0L))
        .description("Objects of other makers that are kept, for a person or as evidence")
        .baseUnit("objects")
        .strongReference(true)
        .register(meters);
    for (State state : State.values()) {
      if (state != State.ARRIVED) {
        counter(state, "none");
      }
    }
  }

  void filed(Filed filed) {
    ReasonCode reason = filed.reason();
    counter(filed.state(), reason == null ? "none" : reason.code()).increment();
  }

  private Counter counter(State state, String reason) {
    return Counter.builder(Names.OBJECTS)
        .description("Segmentations and structure sets of other makers, by where they were put")
        .baseUnit("objects")
        .tags("outcome", state.name().toLowerCase(Locale.ROOT), "reason", reason)
        .register(meters);
  }
}
