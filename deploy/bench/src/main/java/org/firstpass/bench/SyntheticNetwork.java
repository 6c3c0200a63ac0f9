package org.firstpass.bench;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A small convolutional network that nobody trained: it gives each band of 100 Hounsfield units a
 * label of its own. It costs what such a network costs, and what it answers is known exactly: no
 * voxel depends on its neighbours, which at the border of a window would be zeros.
 */
final class SyntheticNetwork {
  static final String INPUT = "image";
  static final String OUTPUT = "logits";

  /** Hounsfield units from one structure to the next. */
  static final int BAND = 100;

  private static final int OPERATOR_SET = 17;
  private static final int IR_VERSION = 8;
  private static final int FEATURES = 8;
  private static final int CUBE = 27;
  private static final int CENTRE = 13;
  private static final float SHARPNESS = 1e-3f;

  private SyntheticNetwork() {}

  /** Writes a network with so many labels and background. */
  static void write(Path file, int labels) throws IOException {
    var first = noise(FEATURES * CUBE);
    Arrays.fill(first, 0, CUBE, 0);
    first[CENTRE] = 1;
    var keep = noise(FEATURES * FEATURES * CUBE);
    Arrays.fill(keep, 0, FEATURES * CUBE, 0);
    keep[CENTRE] = 1;
    var choose = new float[(labels + 1) * FEATURES];
    var bias = new float[labels + 1];
    for (int label = 0; label <= labels; label++) {
      float centre = label * BAND;
      // Of 2 c x - c^2 the largest is that of the c that is nearest to x.
      choose[label * FEATURES] = 2 * centre * SHARPNESS;
      bias[label] = -centre * centre * SHARPNESS;
    }
    var graph =
        GraphProto.newBuilder()
            .setName("synthetic")
            .addInput(tensor(INPUT, 1))
            .addOutput(tensor(OUTPUT, labels + 1))
            .addInitializer(weights("w1", first, FEATURES, 1, 3, 3, 3))
            .addInitializer(weights("w2", keep, FEATURES, FEATURES, 3, 3, 3))
            .addInitializer(weights("w3", choose, labels + 1, FEATURES, 1, 1, 1))
            .addInitializer(weights("b3", bias, labels + 1))
            .addNode(convolution("c1", INPUT, "w1"))
            .addNode(node("Relu", "r1", "c1"))
            .addNode(convolution("c2", "r1", "w2"))
            .addNode(node("Relu", "r2", "c2"))
            .addNode(node("Conv", OUTPUT, "r2", "w3", "b3"));
    Files.write(
        file,
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(graph)
            .build()
            .toByteArray());
  }

  private static float[] noise(int count) {
    var random = new SplittableRandom(3);
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextDouble() - .5) * 1e-3f;
    }
    return values;
  }

  private static NodeProto convolution(String name, String input, String weights) {
    return node("Conv", name, input, weights).toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("pads")
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.asList(1L, 1L, 1L, 1L, 1L, 1L)))
        .build();
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .setName(output)
        .addAllInput(Arrays.asList(inputs))
        .addOutput(output)
        .build();
  }

  private static TensorProto weights(String name, float[] values, int... shape) {
    var tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (int axis : shape) {
      tensor.addDims(axis);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  /** (1, channels, D, H, W), the last three free. */
  private static ValueInfoProto tensor(String name, int channels) {
    var shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1));
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(channels));
    for (String axis : new String[] {"D", "H", "W"}) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(axis));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
