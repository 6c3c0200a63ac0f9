package org.firstpass.training;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.training.graph.GraphTensor;
import org.firstpass.training.graph.NodeAttribute;

/**
 * An ONNX graph that grows node by node; each method answers the name of the node's output.
 * Operator set 17, so that every runtime of the last years reads it.
 */
final class OnnxGraph {
  /** The one constant of a graph that no training has fixed. */
  static final String TWICE = "twice";

  private static final int OPERATOR_SET = 17;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph;

  OnnxGraph(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /** States a tensor (1, channels, D, H, W) of float32 as the input. */
  void input(String name, int channels) {
    graph.addInput(GraphTensor.value(name, channels, ""));
  }

  /** States a tensor (1, channels, D, H, W) of float32 as the output. */
  void output(String name, int channels) {
    graph.addOutput(GraphTensor.value(name, channels, ""));
  }

  /** 3x3x3, zero padding, no bias. */
  String convolution(String name, String input, NDArray weight, int stride) {
    graph.addNode(
        node("Conv", name, input, parameter(name + ".weight", weight))
            .addAttribute(NodeAttribute.wholes("kernel_shape", 3, 3, 3))
            .addAttribute(NodeAttribute.wholes("pads", 1, 1, 1, 1, 1, 1))
            .addAttribute(NodeAttribute.wholes("strides", stride, stride, stride)));
    return name;
  }

  /** 1x1x1 with bias. */
  String pointwise(String name, String input, NDArray weight, NDArray bias) {
    String weightName = parameter(name + ".weight", weight);
    graph.addNode(
        node("Conv", name, input, weightName, parameter(name + ".bias", bias))
            .addAttribute(NodeAttribute.wholes("kernel_shape", 1, 1, 1)));
    return name;
  }

  String instanceNormalization(
      String name, String input, NDArray scale, NDArray shift, float epsilon) {
    String scaleName = parameter(name + ".scale", scale);
    graph.addNode(
        node("InstanceNormalization", name, input, scaleName, parameter(name + ".shift", shift))
            .addAttribute(NodeAttribute.real("epsilon", epsilon)));
    return name;
  }

  String leakyRelu(String name, String input, float slope) {
    graph.addNode(node("LeakyRelu", name, input).addAttribute(NodeAttribute.real("alpha", slope)));
    return name;
  }

  /** Each voxel becomes 2x2x2 of its kind. */
  String twiceAsFine(String name, String input) {
    if (graph.getInitializerList().stream().noneMatch(known -> known.getName().equals(TWICE))) {
      graph.addInitializer(GraphTensor.floats(TWICE, new float[] {1, 1, 2, 2, 2}, 5));
    }
    graph.addNode(
        node("Resize", name, input, "", TWICE)
            .addAttribute(NodeAttribute.text("mode", "nearest"))
            .addAttribute(NodeAttribute.text("coordinate_transformation_mode", "asymmetric"))
            .addAttribute(NodeAttribute.text("nearest_mode", "floor")));
    return name;
  }

  /** One after the other along the channels. */
  String concatenate(String name, String first, String second) {
    graph.addNode(node("Concat", name, first, second).addAttribute(NodeAttribute.whole("axis", 1)));
    return name;
  }

  /** The file; the same graph gives the same bytes. */
  byte[] toBytes(String producer, String version, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName(producer)
            .setProducerVersion(version)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(graph);
    new TreeMap<>(metadata)
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private String parameter(String name, NDArray values) {
    graph.addInitializer(
        GraphTensor.floats(name, values.toFloatArray(), values.getShape().getShape()));
    return name;
  }

  private static NodeProto.Builder node(String operator, String name, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(name);
    for (String input : inputs) {
      node.addInput(input);
    }
    return node;
  }
}
