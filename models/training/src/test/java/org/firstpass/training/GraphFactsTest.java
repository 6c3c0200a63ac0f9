package org.firstpass.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GraphFactsTest {
  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    PyTorch.start();
  }

  @Test
  void aGraphTellsItsPlanAndHowManyWeightsItHas() throws IOException {
    var plan = new TrainingPlan(5, 7, 3, new GridSize(16, 16, 16), 1e-3f);
    Path file = folder.resolve("model.onnx");
    long weights;
    try (var run = new TrainingRun(plan);
        TrainedNetwork network = run.trained()) {
      run.step(0);
      Files.write(file, network.toOnnx(GraphFacts.metadata(plan)));
      weights = network.weights();
    }
    GraphFacts facts = GraphFacts.of(file);
    assertEquals(weights, facts.weights());
    assertEquals(5, facts.plan().seed());
    assertEquals(7, facts.plan().steps());
    assertEquals(3, facts.plan().cases());
  }
}
