package org.firstpass.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers of a graph that are no weights: sizes, scales, indices, constants. They stay in Java
 * until an operator on voxels needs them.
 */
final class Numbers {
  private final long[] shape;
  private final double[] values;

  Numbers(long[] shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /** A list of numbers. */
  static Numbers list(double... values) {
    return new Numbers(new long[] {values.length}, values);
  }

  /** Reads a tensor of float32, float64, int32 or int64. */
  static Numbers of(TensorProto tensor) {
    long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
    int count = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean isRaw = raw.hasRemaining();
    var values = new double[count];
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (type == null ? TensorProto.DataType.UNDEFINED : type) {
            case FLOAT -> isRaw ? raw.getFloat() : tensor.getFloatData(i);
            case DOUBLE -> isRaw ? raw.getDouble() : tensor.getDoubleData(i);
            case INT32 -> isRaw ? raw.getInt() : tensor.getInt32Data(i);
            case INT64 -> isRaw ? raw.getLong() : tensor.getInt64Data(i);
            default ->
                throw NotTrainable.because(
                    "constant '"
                        + tensor.getName()
                        + "' has a type that the trainer does not know: "
                        + type);
          };
    }
    return new Numbers(shape, values);
  }

  int count() {
    return values.length;
  }

  double at(int index) {
    return values[index];
  }

  long[] wholes() {
    return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
  }

  double[] reals() {
    return values;
  }

  NDArray on(NDManager manager) {
    var floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return manager.create(floats, new Shape(shape));
  }
}
