package org.firstpass.inference;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What the inference room measures. */
public final class InferenceMetrics {
  private final LongTaskTimer running;
  private final Map<Outcome, Timer> runs = new EnumMap<>(Outcome.class);
  private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);

  public InferenceMetrics(MeterRegistry registry) {
    running =
        LongTaskTimer.builder(Names.RUNNING)
            .description("Networks that run over a series now, in seconds")
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      runs.put(
          outcome,
          Timer.builder(Names.RUN)
              .description("Time for a network over all of a series, in seconds")
              .tag("outcome", outcome.tag)
              .register(registry));
    }
    for (Stage stage : Stage.values()) {
      stages.put(
          stage,
          Timer.builder(Names.WINDOW)
              .description(
                  "Time for a stage of one call of the network, or of one slab, in seconds of one"
                      + " thread")
              .tag("stage", stage.tag)
              .register(registry));
    }
  }

  /** The meters' names. */
  static final class Names {
    static final String RUNNING = "inference.running";
    static final String RUN = "inference.run";
    static final String WINDOW = "inference.window";

    private Names() {}
  }

  /** How a run ended. */
  enum Outcome {
    DONE("done"),
    FAILED("failed");

    private final String tag;

    Outcome(String tag) {
      this.tag = tag;
    }
  }

  /** What is done with a call's windows, and with what they become. */
  enum Stage {
    GATHER("gather"),
    NETWORK("network"),
    /** Waiting for free tensors, or for a turn to run the network. */
    WAIT("wait"),
    BLEND("blend"),
    /** Making a slab final. */
    SLAB("slab"),
    /** What others do with a slab. */
    SINK("sink");

    private final String tag;

    Stage(String tag) {
      this.tag = tag;
    }
  }

  LongTaskTimer.Sample started() {
    return running.start();
  }

  void finished(LongTaskTimer.Sample sample, Outcome outcome) {
    long nanos = sample.stop();
    timer(runs, outcome).record(Duration.ofNanos(Math.max(0, nanos)));
  }

  void stage(Stage stage, long nanos) {
    timer(stages, stage).record(Duration.ofNanos(nanos));
  }

  private static <K extends Enum<K>> Timer timer(Map<K, Timer> timers, K key) {
    Timer timer = timers.get(key);
    if (timer == null) {
      throw new IllegalStateException("no timer for " + key);
    }
    return timer;
  }
}
