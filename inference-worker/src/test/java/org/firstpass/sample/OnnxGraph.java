package org.firstpass.sample;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Graphs of any few nodes, put together by hand. An axis of -1 is free. */
public final class OnnxGraph {
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("sample");
  private final ModelProto.Builder model =
      ModelProto.newBuilder()
          .setIrVersion(IR_VERSION)
          .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET));

  /** An input of float32. */
  public OnnxGraph input(String name, long... axes) {
    graph.addInput(value(name, TensorProto.DataType.FLOAT, axes));
    return this;
  }

  /** An output of float32. */
  public OnnxGraph output(String name, long... axes) {
    return output(name, TensorProto.DataType.FLOAT, axes);
  }

  public OnnxGraph output(String name, TensorProto.DataType type, long... axes) {
    graph.addOutput(value(name, type, axes));
    return this;
  }

  public OnnxGraph weights(String name, List<Long> dims, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(dims)
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes)));
    return this;
  }

  public OnnxGraph shape(String name, Long... values) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length)
            .addAllInt64Data(List.of(values)));
    return this;
  }

  /** Weights of float32 that lie in another file, from its start on. */
  public OnnxGraph externalWeights(String name, List<Long> dims, String location) {
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addAllDims(dims)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", "0")));
    return this;
  }

  /** A node; its operator may have a domain in front: {@code com.example:Magic}. */
  public OnnxGraph node(
      String operator, List<String> inputs, String output, AttributeProto... attributes) {
    int colon = operator.indexOf(':');
    var node =
        NodeProto.newBuilder()
            .setOpType(operator.substring(colon + 1))
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes));
    if (colon > 0) {
      node.setDomain(operator.substring(0, colon));
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(node.getDomain()).setVersion(1));
    }
    graph.addNode(node);
    return this;
  }

  public static AttributeProto integers(String name, Long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(List.of(values))
        .build();
  }

  public static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  public byte[] bytes() {
    return model.setGraph(graph).build().toByteArray();
  }

  public Path write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... axes) {
    var shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < axes.length; axis++) {
      var dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          axes[axis] < 0
              ? dimension.setDimParam("axis" + axis)
              : dimension.setDimValue(axes[axis]));
    }
    var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
