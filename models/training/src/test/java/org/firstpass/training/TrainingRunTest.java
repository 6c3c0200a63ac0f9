package org.firstpass.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingRunTest {
  private static final TrainingPlan SHORT =
      new TrainingPlan(3, 24, 2, new GridSize(32, 24, 16), 3e-3f);

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    PyTorch.start();
  }

  @Test
  void aFewStepsLowerTheLoss() {
    try (var run = new TrainingRun(SHORT)) {
      double first = mean(run, 0, 5);
      mean(run, 5, 19);
      double last = mean(run, 19, 24);
      assertTrue(last < first - 0.3, "loss was " + first + " and is " + last);
    }
  }

  @Test
  void theSamePlanGivesTheSameNetworkOnThisMachine() {
    var plan = new TrainingPlan(4, 3, 1, new GridSize(16, 16, 16), 1e-3f);
    assertArrayEquals(trained(plan), trained(plan));
  }

  @Test
  void weightsThatWereKeptAnswerAsBefore() throws IOException {
    Path file = folder.resolve("weights");
    Patch patch = GoldenPatch.patch();
    float[] before;
    try (var run = new TrainingRun(SHORT);
        TrainedNetwork network = run.trained()) {
      run.step(0);
      network.save(file);
      before = network.forward(patch);
    }
    try (TrainedNetwork again = TrainedNetwork.load(file)) {
      assertArrayEquals(before, again.forward(patch));
    }
  }

  @Test
  void aPatchThatTheNetworkCannotHalveIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingPlan(1, 1, 1, new GridSize(16, 20, 16), 1e-3f));
  }

  private static double mean(TrainingRun run, int from, int to) {
    double sum = 0;
    for (int step = from; step < to; step++) {
      sum += run.step(step);
    }
    return sum / (to - from);
  }

  private static byte[] trained(TrainingPlan plan) {
    try (var run = new TrainingRun(plan);
        TrainedNetwork network = run.trained()) {
      for (int step = 0; step < plan.steps(); step++) {
        run.step(step);
      }
      return network.toOnnx(Map.of());
    }
  }
}
