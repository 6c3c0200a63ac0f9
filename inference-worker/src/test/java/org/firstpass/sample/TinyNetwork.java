package org.firstpass.sample;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of one pointwise convolution: channel c answers {@code weights[c] * x + biases[c]}.
 * Small enough to know every answer by heart.
 */
public final class TinyNetwork {
  public static final String INPUT = "image";
  public static final String OUTPUT = "logits";

  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;

  private TinyNetwork() {}

  /** Writes the network; its sizes are left open. */
  public static void write(Path file, float[] weights, float[] biases) {
    write(file, List.of(convolution(OUTPUT)), TensorProto.DataType.FLOAT, weights, biases);
  }

  /** The same, with the decision in the graph: the output has the label values. */
  public static void writeDeciding(Path file, float[] weights, float[] biases) {
    var decide =
        NodeProto.newBuilder()
            .setOpType("ArgMax")
            .addInput("inner")
            .addOutput(OUTPUT)
            .addAttribute(integer("axis", 1))
            .addAttribute(integer("keepdims", 1))
            .build();
    write(file, List.of(convolution("inner"), decide), TensorProto.DataType.INT64, weights, biases);
  }

  /** The same, with the logarithm of each answer: not a number where the answer is negative. */
  public static void writeLogarithm(Path file, float[] weights, float[] biases) {
    var logarithm =
        NodeProto.newBuilder().setOpType("Log").addInput("inner").addOutput(OUTPUT).build();
    write(
        file,
        List.of(convolution("inner"), logarithm),
        TensorProto.DataType.FLOAT,
        weights,
        biases);
  }

  private static void write(
      Path file,
      List<NodeProto> nodes,
      TensorProto.DataType output,
      float[] weights,
      float[] biases) {
    int channels = output == TensorProto.DataType.INT64 ? 1 : weights.length;
    var graph =
        GraphProto.newBuilder()
            .setName("tiny")
            .addAllNode(nodes)
            .addInitializer(tensor("w", List.of((long) weights.length, 1L, 1L, 1L, 1L), weights))
            .addInitializer(tensor("b", List.of((long) biases.length), biases))
            .addInput(value(INPUT, TensorProto.DataType.FLOAT, 1))
            .addOutput(value(OUTPUT, output, channels));
    var model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setGraph(graph)
            .build();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, model.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static NodeProto convolution(String output) {
    return NodeProto.newBuilder()
        .setOpType("Conv")
        .addInput(INPUT)
        .addInput("w")
        .addInput("b")
        .addOutput(output)
        .build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static TensorProto tensor(String name, List<Long> dims, float[] values) {
    List<Float> boxed = new ArrayList<>();
    for (float value : values) {
      boxed.add(value);
    }
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT.getNumber())
        .addAllDims(dims)
        .addAllFloatData(boxed)
        .build();
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, int channels) {
    var shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels));
    for (String axis : List.of("D", "H", "W")) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(axis));
    }
    var tensorType = TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensorType))
        .build();
  }
}
