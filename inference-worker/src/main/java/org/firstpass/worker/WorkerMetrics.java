package org.firstpass.worker;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** What the worker measures. */
final class WorkerMetrics {
  private final LongTaskTimer running;
  private final Map<Outcome, Timer> series = new EnumMap<>(Outcome.class);
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);

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
  }

  /** The meters' names. */
  static final class Names {
    static final String RUNNING = "worker.running";
    static final String SERIES = "worker.series";
    static final String STAGE = "worker.stage";

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
    RESTORE("restore"),
    SCORE("score"),
    WRITE("write"),
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
