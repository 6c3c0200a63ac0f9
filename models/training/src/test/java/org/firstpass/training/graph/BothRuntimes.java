package org.firstpass.training.graph;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;

/** The same graph and image in ONNX Runtime and in PyTorch. */
final class BothRuntimes {
  private BothRuntimes() {}

  /** The largest difference as a share of ONNX Runtime's range; infinite if the sizes differ. */
  static double difference(byte[] onnx, float[] image, long... shape) throws OrtException {
    float[] expected = onnxRuntime(onnx, image, shape);
    float[] found = pyTorch(onnx, image, shape);
    if (expected.length != found.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i] - found[i]));
      low = Math.min(low, expected[i]);
      high = Math.max(high, expected[i]);
    }
    if (!(high > low)) {
      throw new IllegalStateException("a flat answer tells nothing");
    }
    return largest / (high - low);
  }

  static float[] noise(long... shape) {
    long count = 1;
    for (long axis : shape) {
      count *= axis;
    }
    var random = new Random(11);
    var values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] onnxRuntime(byte[] onnx, float[] image, long... shape)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      var values = new float[output.remaining()];
      output.get(values);
      return values;
    }
  }

  private static float[] pyTorch(byte[] onnx, float[] image, long... shape) {
    var graph = TrainableGraph.read(onnx, name -> false);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return graph
          .forward(manager.create(image, new Shape(shape)), manager.create(graph.initialValues()))
          .get(0)
          .toFloatArray();
    }
  }
}
