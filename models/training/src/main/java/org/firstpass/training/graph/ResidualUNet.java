package org.firstpass.training.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Writes a 3-D U-Net with a residual block on each level of the way down, as an ONNX graph with
 * drawn weights: operator set 17, one channel in, logits out, and further logits of each coarser
 * level but the coarsest, from which it is taught as well.
 *
 * @see "He, Zhang, Ren and Sun, Identity Mappings in Deep Residual Networks, ECCV 2016; Isensee et
 *     al., nnU-Net Revisited, MICCAI 2024"
 */
public final class ResidualUNet {
  /** The names of its input and of its first output. */
  public static final String INPUT = "image";

  public static final String OUTPUT = "logits";

  private static final int SPACE = 3;
  private static final float SLOPE = 0.01f;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("residual-unet");
  private final Random draw;

  private ResidualUNet(long seed) {
    this.draw = new Random(seed);
  }

  /**
   * The file.
   *
   * @param widths channels of each level, the finest first
   * @param strides by what each level is coarser than the one before along D, H, W; 1 or 2, one
   *     entry per level, the first all 1
   * @param classes channels of the output
   */
  public static byte[] onnx(List<Integer> widths, List<long[]> strides, int classes, long seed) {
    return new ResidualUNet(seed).build(widths, strides, classes);
  }

  private byte[] build(List<Integer> widths, List<long[]> strides, int classes) {
    graph.addInput(GraphTensor.value(INPUT, 1, ""));
    List<String> skips = new ArrayList<>();
    String last = INPUT;
    int channels = 1;
    for (int level = 0; level < widths.size(); level++) {
      last = block("down" + level, last, channels, widths.get(level), strides.get(level));
      channels = widths.get(level);
      skips.add(last);
    }
    List<String> coarser = new ArrayList<>();
    for (int level = widths.size() - 2; level >= 0; level--) {
      int width = widths.get(level);
      String finer = finer("up" + level + ".finer", last, strides.get(level + 1));
      String joined = joined("up" + level + ".joined", finer, skips.get(level));
      last = unit("up" + level, joined, channels + width, width, ones());
      last = activation("up" + level, last);
      channels = width;
      if (level > 0) {
        coarser.add(0, pointwise("level" + level, last, width, classes, true));
      }
    }
    String output = pointwise(OUTPUT, last, channels, classes, true);
    graph.addOutput(GraphTensor.value(output, classes, ""));
    // Of a coarser level the same names would claim the same lengths.
    coarser.forEach(name -> graph.addOutput(GraphTensor.value(name, classes, name + ".")));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("firstpass-training")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /** Two convolutions, and beside them the way round. */
  private String block(String name, String input, int in, int out, long[] stride) {
    String first = activation(name + "a", unit(name + "a", input, in, out, stride));
    String second = unit(name + "b", first, out, out, ones());
    String round = input;
    if (!Arrays.equals(stride, ones())) {
      round = pooled(name + ".pooled", round, stride);
    }
    if (in != out) {
      round = pointwise(name + ".round", round, in, out, false);
    }
    NodeProto.Builder added = node("Add", name + ".added", second, round);
    return activation(name, added.getOutput(0));
  }

  /**
   * Convolution and instance normalisation, whose shift makes a bias of the convolution useless.
   */
  private String unit(String name, String input, int in, int out, long[] stride) {
    String convolution = name + ".convolution";
    weights(convolution + ".weight", out, in, 3, 3, 3);
    node("Conv", convolution, input, convolution + ".weight")
        .addAttribute(NodeAttribute.wholes("kernel_shape", 3, 3, 3))
        .addAttribute(NodeAttribute.wholes("pads", 1, 1, 1, 1, 1, 1))
        .addAttribute(NodeAttribute.wholes("strides", stride));
    String norm = name + ".norm";
    constant(norm + ".scale", 1, out);
    constant(norm + ".shift", 0, out);
    node("InstanceNormalization", norm, convolution, norm + ".scale", norm + ".shift")
        .addAttribute(NodeAttribute.real("epsilon", 1e-5f));
    return norm;
  }

  private String activation(String name, String input) {
    node("LeakyRelu", name + ".activation", input).addAttribute(NodeAttribute.real("alpha", SLOPE));
    return name + ".activation";
  }

  private String pointwise(String name, String input, int in, int out, boolean shifted) {
    weights(name + ".weight", out, in, 1, 1, 1);
    NodeProto.Builder node = node("Conv", name, input, name + ".weight");
    node.addAttribute(NodeAttribute.wholes("kernel_shape", 1, 1, 1));
    if (shifted) {
      constant(name + ".bias", 0, out);
      node.addInput(name + ".bias");
    }
    return name;
  }

  private String pooled(String name, String input, long[] stride) {
    node("AveragePool", name, input)
        .addAttribute(NodeAttribute.wholes("kernel_shape", stride))
        .addAttribute(NodeAttribute.wholes("strides", stride));
    return name;
  }

  private String finer(String name, String input, long[] stride) {
    String scales = name + ".scales";
    var values = new float[2 + SPACE];
    Arrays.fill(values, 1);
    for (int axis = 0; axis < SPACE; axis++) {
      values[2 + axis] = stride[axis];
    }
    graph.addInitializer(GraphTensor.floats(scales, values, values.length));
    node("Resize", name, input, "", scales)
        .addAttribute(NodeAttribute.text("mode", "nearest"))
        .addAttribute(NodeAttribute.text("coordinate_transformation_mode", "asymmetric"))
        .addAttribute(NodeAttribute.text("nearest_mode", "floor"));
    return name;
  }

  private String joined(String name, String first, String second) {
    node("Concat", name, first, second).addAttribute(NodeAttribute.whole("axis", 1));
    return name;
  }

  private NodeProto.Builder node(String operator, String name, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName(name)
        .addAllInput(List.of(inputs))
        .addOutput(name);
  }

  /** Drawn so that values keep their spread from layer to layer (He et al., ICCV 2015). */
  private void weights(String name, int out, int in, int... kernel) {
    int inputs = in * Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
    double deviation = Math.sqrt(2.0 / ((1 + SLOPE * SLOPE) * inputs));
    var values = new float[out * inputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * draw.nextGaussian());
    }
    graph.addInitializer(
        GraphTensor.floats(name, values, out, in, kernel[0], kernel[1], kernel[2]));
  }

  private void constant(String name, float value, int count) {
    var values = new float[count];
    Arrays.fill(values, value);
    graph.addInitializer(GraphTensor.floats(name, values, count));
  }

  private static long[] ones() {
    return new long[] {1, 1, 1};
  }
}
