package org.firstpass.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What the worker measures. */
final class WorkerMetrics {
  private final LongTaskTimer running;
  private final Map<Outcome, Timer> series = new EnumMap<>(Outcome.class);
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
  private final Map<Outcome, Counter> proposals = new EnumMap<>(Outcome.class);
  private final Map<Outcome, Timer> shadows = new EnumMap<>(Outcome.class);
  private final Map<Packages, AtomicInteger> packages = new EnumMap<>(Packages.class);
  private final Counter quarantines;

  WorkerMetrics(MeterRegistry registry) {
    running =
        LongTaskTimer.builder(Names.RUNNING)
            .description("Series that are worked on now, in seconds")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      series.put(
          outcome,
          Timer.builder(Names.SERIES)
              .description("Time from taking a series to telling what came of it, in seconds")
              .tag("outcome", outcome.tag)
              .register(registry));
    }
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          Timer.builder(Names.STAGE)
              .description("Time for a stage of one series, in seconds")
              .tag("stage", stage.tag)
              .register(registry));
    }
    for (Outcome outcome : Outcome.values()) {
      proposals.put(
          outcome,
          Counter.builder(Names.PROPOSALS)
              .description("Packages that were run over a series, by what came of it")
              .tag("outcome", outcome.tag)
              .register(registry));
      shadows.put(
          outcome,
          Timer.builder(Names.SHADOWS)
              .description("Time for a package in shadow over a series, in seconds")
              .tag("outcome", outcome.tag)
              .register(registry));
    }
    for (Packages kind : Packages.values()) {
      var count = new AtomicInteger();
      packages.put(kind, count);
      Gauge.builder(Names.PACKAGES, count, AtomicInteger::get)
          .description("Versions of packages in the folders of this worker, by how they are")
          .tag("condition", kind.tag)
          .strongReference(true)
          .register(registry);
    }
    quarantines =
        Counter.builder(Names.QUARANTINES)
            .description("Times that a package went into quarantine on this worker")
            .register(registry);
  }

  /** How a version of a package is on this worker. */
  enum Packages {
    SERVING("serving"),
    QUARANTINED("quarantined"),
    REFUSED("refused");

    private final String tag;

    Packages(String tag) {
      this.tag = tag;
    }
  }

  /** The meters' names. */
  static final class Names {
    static final String RUNNING = "worker.running";
    static final String SERIES = "worker.series";
    static final String STAGE = "worker.stage";
    static final String PROPOSALS = "worker.proposals";
    static final String SHADOWS = "worker.shadows";
    static final String PACKAGES = "worker.packages";
    static final String QUARANTINES = "worker.quarantines";

    private Names() {}
  }

  /** What came of a series. */
  enum Outcome {
    PROPOSED("proposed"),
    REFUSED("refused"),
    FAILED("failed"),
    LATER("later");

    private final String tag;

    Outcome(String tag) {
      this.tag = tag;
    }
  }

  /** What is done with a series, in order. */
  enum Stage {
    SURVEY("survey"),
    READ("read"),
    PREPARE("prepare"),
    INFER("infer"),
    CLEAN("clean"),
    SCORE("score"),
    STORE("store");

    private final String tag;

    Stage(String tag) {
      this.tag = tag;
    }
  }

  /** A series that is worked on. */
  record Running(LongTaskTimer.Sample task, Timer.Sample time) {}

  Running started() {
    return new Running(running.start(), Timer.start());
  }

  void finished(Running work, Outcome outcome) {
    work.task().stop();
    Timer timer = series.get(outcome);
    if (timer != null) {
      work.time().stop(timer);
    }
  }

  /** A package was run over a series. */
  void proposal(Outcome outcome) {
    Counter counter = proposals.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }

  /** A package in shadow was run over a series. */
  void shadow(Outcome outcome, Duration taken) {
    Timer timer = shadows.get(outcome);
    if (timer != null) {
      timer.record(taken);
    }
  }

  /** How the packages are now. */
  void packages(int serving, int quarantined, int refused) {
    set(Packages.SERVING, serving);
    set(Packages.QUARANTINED, quarantined);
    set(Packages.REFUSED, refused);
  }

  void quarantined() {
    quarantines.increment();
  }

  private void set(Packages kind, int count) {
    AtomicInteger gauge = packages.get(kind);
    if (gauge != null) {
      gauge.set(count);
    }
  }

  /** Measures a stage, whether it returns or throws. */
  <T> T stage(Stage stage, Supplier<T> work) {
    Timer.Sample sample = Timer.start();
    try {
      return work.get();
    } finally {
      Timer timer = stages.get(stage);
      if (timer != null) {
        sample.stop(timer);
      }
    }
  }
}
