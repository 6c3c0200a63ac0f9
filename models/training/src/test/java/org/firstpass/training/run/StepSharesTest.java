package org.firstpass.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.firstpass.model.ModelPackage;
import org.firstpass.training.ShippedPackage;
import org.firstpass.training.graph.TrainableGraph;
import org.firstpass.training.graph.Weight;
import org.junit.jupiter.api.Test;

final class StepSharesTest {
  @Test
  void aKernelOfSmallWeightsTakesSmallStepsAndNothingElseDoes() throws IOException {
    ModelPackage shipped = ModelPackage.load(ShippedPackage.folder());
    var graph = TrainableGraph.read(Files.readAllBytes(shipped.modelFile()), name -> false);
    for (float share : StepShares.of(graph)) {
      assertEquals(1, share);
    }
    Weight kernel =
        graph.weights().stream().filter(each -> each.shape().size() == 5).findFirst().orElseThrow();
    float[] values = graph.initialValues();
    for (int i = 0; i < kernel.count(); i++) {
      values[kernel.offset() + i] = i % 2 == 0 ? 0.001f : -0.001f;
    }
    float[] shares =
        StepShares.of(TrainableGraph.read(graph.withValues(values, Map.of()), name -> false));
    for (int i = 0; i < shares.length; i++) {
      boolean small = i >= kernel.offset() && i < kernel.offset() + kernel.count();
      assertEquals(small ? 0.05 : 1, shares[i], 1e-6);
    }
  }
}
