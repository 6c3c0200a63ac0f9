package org.firstpass.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;

/**
 * Input and output tensors in native memory that calls of one shape use again and again; nothing is
 * copied between them and the runtime.
 *
 * <p>One thread at a time. Closing it frees the tensors.
 */
final class NetworkCall implements AutoCloseable {
  private final NetworkSession session;
  private final FloatBuffer input;
  private final ByteBuffer output;
  private final boolean labels;
  private final OnnxTensor inputTensor;
  private final OnnxTensor outputTensor;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  /**
   * @param size of the window: columns are W, rows H, slices D
   */
  NetworkCall(NetworkSession session, ModelManifest manifest, GridSize size) {
    this.session = session;
    boolean decided = manifest.output().activation() == Activation.ARGMAX;
    String name = manifest.output().tensor();
    TensorShape outputShape = session.output(name).orElseThrow(() -> missing(name));
    this.labels = decided && outputShape.element() == TensorShape.Element.INT64;
    int channels = decided ? 1 : manifest.output().channels();
    this.input = nativeBytes((long) size.voxels() * Float.BYTES).asFloatBuffer();
    int elementBytes = labels ? Long.BYTES : Float.BYTES;
    this.output = nativeBytes((long) channels * size.voxels() * elementBytes);
    try {
      this.inputTensor = OnnxTensor.createTensor(OnnxRuntime.environment(), input, shape(1, size));
      this.outputTensor =
          OnnxTensor.createTensor(
              OnnxRuntime.environment(),
              output,
              shapeOf(outputShape, channels, size),
              labels ? OnnxJavaType.INT64 : OnnxJavaType.FLOAT);
    } catch (OrtException e) {
      throw new Defect(ReasonCode.INFERENCE_FAILED, "tensors for " + size + " cannot be made", e);
    }
    this.inputs = Map.of(manifest.input().tensor(), inputTensor);
    this.outputs = Map.of(name, outputTensor);
  }

  /** The input's values, order D, H, W. */
  FloatBuffer input() {
    return input;
  }

  /**
   * Runs the network once.
   *
   * @throws Defect with {@link ReasonCode#INFERENCE_FAILED} if the runtime refuses
   */
  void run() {
    try (OrtSession.Result result = session.session().run(inputs, Set.of(), outputs)) {
      if (result.size() != 1) {
        throw new Defect(
            ReasonCode.INFERENCE_FAILED, "one output was asked for, but got " + result.size());
      }
    } catch (OrtException e) {
      throw new Defect(ReasonCode.INFERENCE_FAILED, "the network failed: " + e.getMessage(), e);
    }
  }

  /** Copies output values into an array; label values become floats, which holds them exactly. */
  void readOutput(int from, float[] target, int count) {
    if (labels) {
      var values = output.asLongBuffer();
      for (int i = 0; i < count; i++) {
        target[i] = values.get(from + i);
      }
    } else {
      output.asFloatBuffer().get(from, target, 0, count);
    }
  }

  @Override
  public void close() {
    inputTensor.close();
    outputTensor.close();
  }

  private static ByteBuffer nativeBytes(long bytes) {
    if (bytes > Integer.MAX_VALUE) {
      throw new Defect(
          ReasonCode.INFERENCE_FAILED, "a tensor has at most 2 GiB, but needs " + bytes + " bytes");
    }
    return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
  }

  private static long[] shape(int channels, GridSize size) {
    return new long[] {1, channels, size.slices(), size.rows(), size.columns()};
  }

  /** A graph that decides itself may leave the channel axis out. */
  private static long[] shapeOf(TensorShape stated, int channels, GridSize size) {
    if (stated.axes().size() == 4) {
      return new long[] {1, size.slices(), size.rows(), size.columns()};
    }
    return shape(channels, size);
  }

  private static Defect missing(String name) {
    return new Defect(ReasonCode.PACKAGE_INVALID, "the graph has no output '" + name + "'");
  }
}
