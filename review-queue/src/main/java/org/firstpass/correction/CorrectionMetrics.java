package org.firstpass.correction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** What becomes of submissions, and how long readers work on them. */
public final class CorrectionMetrics {
  /** The names of this room's meters. */
  public static final class Names {
    public static final String SUBMISSIONS = "correction.submissions";
    public static final String ACTIVE = "correction.active";

    private Names() {}
  }

  private static final String INCONSISTENT = "inconsistent";
  private static final String UNDONE = "taken_back";

  private final MeterRegistry meters;
  private final Timer active;

  public CorrectionMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.active =
        Timer.builder(Names.ACTIVE)
            .description("Active time of readers per accepted correction")
            .register(meters);
  }

  void answered(SubmitAnswer.Kind kind) {
    count(kind.name().toLowerCase(Locale.ROOT));
  }

  void inconsistent() {
    count(INCONSISTENT);
  }

  void accepted(long activeMillis) {
    active.record(Duration.ofMillis(activeMillis));
  }

  void undone() {
    count(UNDONE);
  }

  private void count(String outcome) {
    Counter.builder(Names.SUBMISSIONS)
        .description("Submissions of readers by what became of them")
        .baseUnit("submissions")
        .tag("outcome", outcome)
        .register(meters)
        .increment();
  }
}
