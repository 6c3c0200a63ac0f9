package org.firstpass.training.graph;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor, as a graph is written. */
public final class GraphTensor {
  private GraphTensor() {}

  /** Numbers that a graph has in itself. */
  public static TensorProto floats(String name, float[] values, long... shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    for (long axis : shape) {
      tensor.addDims(axis);
    }
    return tensor.build();
  }

  /**
   * What goes in or comes out: (1, channels, D, H, W).
   *
   * @param axes before the names of the lengths D, H, W; what has the same names has the same
   *     lengths
   */
  public static ValueInfoProto value(String name, int channels, String axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimValue(1);
    shape.addDimBuilder().setDimValue(channels);
    for (String axis : new String[] {"depth", "height", "width"}) {
      shape.addDimBuilder().setDimParam(axes + axis);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
