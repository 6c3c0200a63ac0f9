package org.firstpass.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.PackageVerification;
import org.firstpass.model.ModelPackage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportTest {
  private static final TrainingPlan PLAN =
      new TrainingPlan(5, 2, 1, new GridSize(32, 24, 16), 3e-3f);

  @TempDir Path packages;

  @BeforeAll
  static void startEngines() {
    PyTorch.start();
    // ONNX Runtime has to be started by DJL before anyone else does.
    Engine.getEngine("OnnxRuntime");
  }

  @Test
  void onnxRuntimeAnswersAsPyTorchDoesForAnySize() throws OrtException {
    try (var run = new TrainingRun(PLAN);
        TrainedNetwork network = run.trained()) {
      run.step(0);
      run.step(1);
      byte[] graph = network.toOnnx(Map.of());
      for (GridSize size : new GridSize[] {new GridSize(24, 16, 32), new GridSize(40, 32, 16)}) {
        Patch patch = PhantomCase.of(3).patch(size, 10, 12, 5);
        float[] expected = network.forward(patch);
        float[] found = answer(graph, patch, size);
        assertEquals(PhantomAbdomen.CLASSES * size.voxels(), found.length);
        assertTrue(range(expected) > 0.1, "the answer is not flat");
        assertArrayEquals(expected, found, 1e-3f);
      }
    }
  }

  @Test
  void aPackageThatIsWrittenPassesItsVerification() throws IOException {
    try (var run = new TrainingRun(PLAN);
        TrainedNetwork network = run.trained()) {
      run.step(0);
      ModelPackage model = new PackageFolder(packages).write(network, PLAN);
      PackageVerification verification = PackageVerification.of(model);
      assertTrue(verification.passed(), verification.failures());
      assertEquals("phantom-abdomen", model.manifest().name());
      assertTrue(network.weights() <= 200_000, network.weights() + " weights");
    }
  }

  private static float[] answer(byte[] graph, Patch patch, GridSize size) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, 1, size.slices(), size.rows(), size.columns()};
    try (OrtSession session = environment.createSession(graph);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(patch.values()), shape);
        OrtSession.Result result = session.run(Map.of(PhantomAbdomen.INPUT, input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      var values = new float[output.remaining()];
      output.get(values);
      return values;
    }
  }

  private static float range(float[] values) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  }
}
