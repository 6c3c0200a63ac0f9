package org.firstpass.standalone;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;

/**
 * Networks that mark what is brighter than a threshold, one voxel at a time. The bad ones behave as
 * long as no value is far from 0, as in a golden case, and not on a scan, which has air.
 */
final class SmallNetwork {
  static final String INPUT = "image";
  static final String OUTPUT = "logits";

  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final String SURE = "sure";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");

  private SmallNetwork(int channels, float... thresholds) {
    var weights = new float[2 * channels];
    float threshold = 0;
    for (int channel = 0; channel < channels; channel++) {
      weights[channels + channel] = 1;
      threshold += thresholds[channel];
    }
    graph.addInput(value(INPUT, DataType.FLOAT, 1, channels, -1, -1, -1));
    graph.addOutput(value(OUTPUT, DataType.FLOAT, 1, 2, -1, -1, -1));
    graph.addInitializer(floats("w", List.of(2L, (long) channels, 1L, 1L, 1L), weights));
    graph.addInitializer(floats("b", List.of(2L), 0, -threshold));
    node("Conv", SURE, INPUT, "w", "b");
  }

  /** Marks where the sum of the channels is above the sum of the thresholds. */
  static byte[] threshold(float... thresholds) {
    var network = new SmallNetwork(thresholds.length, thresholds);
    network.node("Identity", OUTPUT, SURE);
    return network.bytes();
  }

  /** Marks where slices, one by one, are above a threshold. */
  static byte[] ofSlices(float threshold) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName("slices");
    graph.addInput(value(INPUT, DataType.FLOAT, -1, 1, -1, -1));
    graph.addOutput(value(OUTPUT, DataType.FLOAT, -1, 2, -1, -1));
    graph.addInitializer(floats("w", List.of(2L, 1L, 1L, 1L), 0, 1));
    graph.addInitializer(floats("b", List.of(2L), 0, -threshold));
    graph.addNode(node("Conv", List.of(INPUT, "w", "b"), OUTPUT));
    return bytes(graph);
  }

  /** Answers no number where a value is below -100. */
  static byte[] notANumber() {
    var network = new SmallNetwork(1, -100);
    network.node("Sqrt", "root", SURE);
    network.graph.addInitializer(floats("nothing", List.of(1L), 0));
    network.node("Mul", "none", "root", "nothing");
    network.node("Add", OUTPUT, SURE, "none");
    return network.bytes();
  }

  /** Counts, one by one, to the fourth power of the largest value. */
  static byte[] endless() {
    var network = new SmallNetwork(1, 0);
    network.fourthPower();
    network.graph.addInitializer(floats("zero", List.of(), 0));
    GraphProto.Builder body =
        GraphProto.newBuilder()
            .setName("body")
            .addInput(value("turn", DataType.INT64))
            .addInput(value("go", DataType.BOOL))
            .addInput(value("before", DataType.FLOAT))
            .addOutput(value("on", DataType.BOOL))
            .addOutput(value("after", DataType.FLOAT))
            .addNode(node("Identity", List.of("go"), "on"))
            .addNode(node("Identity", List.of("before"), "after"));
    network.graph.addNode(
        node("Loop", List.of("count", "", "zero"), "waited")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("body")
                    .setType(AttributeProto.AttributeType.GRAPH)
                    .setG(body)));
    network.node("Add", OUTPUT, SURE, "waited");
    return network.bytes();
  }

  /** Asks for as many values as the fourth power of the largest: terabytes. */
  static byte[] greedy() {
    var network = new SmallNetwork(1, 0);
    network.fourthPower();
    network.graph.addInitializer(
        TensorProto.newBuilder()
            .setName("axis")
            .setDataType(DataType.INT64.getNumber())
            .addDims(1)
            .addInt64Data(0));
    network.node("Unsqueeze", "length", "count", "axis");
    network.node("ConstantOfShape", "room", "length");
    network.graph.addNode(node("ReduceSum", List.of("room"), "sum").addAttribute(drop()));
    network.node("Add", OUTPUT, SURE, "sum");
    return network.bytes();
  }

  private void fourthPower() {
    graph.addInitializer(floats("four", List.of(), 4));
    node("Abs", "size", INPUT);
    graph.addNode(node("ReduceMax", List.of("size"), "largest").addAttribute(drop()));
    node("Pow", "power", "largest", "four");
    graph.addNode(
        node("Cast", List.of("power"), "count")
            .addAttribute(integer("to", DataType.INT64.getNumber())));
  }

  private void node(String operator, String output, String... inputs) {
    graph.addNode(node(operator, List.of(inputs), output));
  }

  private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output);
  }

  private static AttributeProto.Builder drop() {
    return integer("keepdims", 0);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value);
  }

  private static TensorProto.Builder floats(String name, List<Long> dims, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(DataType.FLOAT.getNumber())
            .addAllDims(dims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor;
  }

  /** An axis of -1 is free; no axes: a single value. */
  private static ValueInfoProto value(String name, DataType type, long... axes) {
    var shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < axes.length; axis++) {
      var dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          axes[axis] < 0
              ? dimension.setDimParam("axis" + axis)
              : dimension.setDimValue(axes[axis]));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private byte[] bytes() {
    return bytes(graph);
  }

  private static byte[] bytes(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
