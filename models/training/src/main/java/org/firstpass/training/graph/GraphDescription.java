package org.firstpass.training.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph as JSON and plain numbers, for programs that do not read ONNX. */
final class GraphDescription {
  private GraphDescription() {}

  /** Writes {@code graph.json} and {@code weights.raw}, float32 in the order of the weights. */
  static void write(
      GraphProto graph,
      List<Weight> weights,
      float[] values,
      Map<String, Numbers> constants,
      Path folder)
      throws IOException {
    var json = new LinkedHashMap<String, Object>();
    json.put("input", graph.getInput(0).getName());
    json.put("outputs", graph.getOutputList().stream().map(each -> each.getName()).toList());
    json.put("nodes", graph.getNodeList().stream().map(GraphDescription::node).toList());
    json.put("weights", weights);
    var numbers = new LinkedHashMap<String, double[]>();
    constants.forEach((name, each) -> numbers.put(name, each.reals()));
    json.put("constants", numbers);
    Files.write(folder.resolve("graph.json"), new ObjectMapper().writeValueAsBytes(json));
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    Files.write(folder.resolve("weights.raw"), bytes.array());
  }

  private static Map<String, Object> node(NodeProto node) {
    var attributes = new LinkedHashMap<String, Object>();
    for (AttributeProto each : node.getAttributeList()) {
      switch (each.getType()) {
        case INTS -> attributes.put(each.getName(), each.getIntsList());
        case INT -> attributes.put(each.getName(), each.getI());
        case FLOAT -> attributes.put(each.getName(), each.getF());
        default -> attributes.put(each.getName(), each.getS().toStringUtf8());
      }
    }
    return Map.of(
        "operator", node.getOpType(),
        "inputs", List.copyOf(node.getInputList()),
        "output", node.getOutput(0),
        "attributes", attributes);
  }
}
