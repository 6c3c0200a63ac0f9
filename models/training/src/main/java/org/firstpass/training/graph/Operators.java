package org.firstpass.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each ONNX operator does, said in DJL's. Values are an {@link NDArray} where there are voxels
 * or weights, and {@link Numbers} where there are sizes and constants.
 */
final class Operators {
  private static final int SPACE = 3;

  /** Kinds of interpolation, as DJL counts them. */
  private static final int NEAREST = 0;

  private static final int BILINEAR = 1;

  private static final Set<String> KNOWN =
      Set.of(
          "Conv",
          "ConvTranspose",
          "InstanceNormalization",
          "BatchNormalization",
          "LeakyRelu",
          "Relu",
          "PRelu",
          "Elu",
          "Sigmoid",
          "Tanh",
          "Softmax",
          "Resize",
          "Upsample",
          "Concat",
          "Add",
          "Sub",
          "Mul",
          "Div",
          "MaxPool",
          "AveragePool",
          "Identity",
          "Dropout",
          "Constant",
          "Shape",
          "Slice",
          "Gather",
          "Cast",
          "Unsqueeze",
          "Squeeze",
          "Floor");

  private final NodeProto node;
  private final Attributes attributes;
  private final Map<String, Object> known;
  private final NDManager manager;

  private Operators(NodeProto node, Map<String, Object> known, NDManager manager) {
    this.node = node;
    this.attributes = new Attributes(node);
    this.known = known;
    this.manager = manager;
  }

  static void requireKnown(NodeProto node) {
    boolean standard = node.getDomain().isEmpty() || node.getDomain().equals("ai.onnx");
    if (!standard || !KNOWN.contains(node.getOpType())) {
      throw NotTrainable.because(node, "the operator");
    }
  }

  /** The first output of a node whose inputs are known. */
  static Object answer(NodeProto node, Map<String, Object> known, NDManager manager) {
    var operator = new Operators(node, known, manager);
    if (PlainNumbers.apply(node, operator.inputs())) {
      return PlainNumbers.answer(node, operator.inputs());
    }
    return operator.onVoxels();
  }

  private Object onVoxels() {
    return switch (node.getOpType()) {
      case "Identity", "Dropout", "Cast" -> value(0);
      case "Conv" -> Convolutions.convolution(attributes, tensor(0), tensor(1), bias());
      case "ConvTranspose" -> Convolutions.transposed(attributes, tensor(0), tensor(1), bias());
      case "InstanceNormalization" -> instanceNormalised();
      case "BatchNormalization" -> batchNormalised();
      case "LeakyRelu" -> Activation.leakyRelu(tensor(0), attributes.real("alpha", 0.01f));
      case "Relu" -> Activation.relu(tensor(0));
      case "PRelu" -> prelu();
      case "Elu" -> Activation.elu(tensor(0), attributes.real("alpha", 1));
      case "Sigmoid" -> Activation.sigmoid(tensor(0));
      case "Tanh" -> Activation.tanh(tensor(0));
      case "Softmax" -> tensor(0).softmax((int) attributes.number("axis", -1));
      case "Resize", "Upsample" -> resized();
      case "Concat" -> concatenated();
      case "Add" -> tensor(0).add(tensor(1));
      case "Sub" -> tensor(0).sub(tensor(1));
      case "Mul" -> tensor(0).mul(tensor(1));
      case "Div" -> tensor(0).div(tensor(1));
      case "MaxPool" -> pooled(true);
      case "AveragePool" -> pooled(false);
      default -> throw NotTrainable.because(node, "the operator on voxels");
    };
  }

  private List<Object> inputs() {
    List<Object> inputs = new ArrayList<>();
    for (int i = 0; i < node.getInputCount(); i++) {
      inputs.add(node.getInput(i).isEmpty() ? Numbers.list() : value(i));
    }
    return inputs;
  }

  private Object value(int input) {
    Object value = known.get(node.getInput(input));
    if (value == null) {
      throw NotTrainable.because(node, "input '" + node.getInput(input) + "'");
    }
    return value;
  }

  private NDArray tensor(int input) {
    Object value = value(input);
    return value instanceof Numbers numbers ? numbers.on(manager) : (NDArray) value;
  }

  private @org.jspecify.annotations.Nullable NDArray bias() {
    return node.getInputCount() > 2 && !node.getInput(2).isEmpty() ? tensor(2) : null;
  }

  /**
   * DJL has no 3-D instance normalisation. Over one item, batch normalisation with the statistics
   * of the batch is the same thing.
   */
  private NDArray instanceNormalised() {
    NDArray image = tensor(0);
    if (image.getShape().get(0) != 1) {
      throw NotTrainable.because(node, "a batch of more than one");
    }
    return normalised(image, zeros(image), ones(image), true);
  }

  private NDArray batchNormalised() {
    return normalised(tensor(0), tensor(3), tensor(4), false);
  }

  private NDArray normalised(NDArray image, NDArray mean, NDArray variance, boolean own) {
    float epsilon = attributes.real("epsilon", 1e-5f);
    return BatchNorm.batchNorm(image, mean, variance, tensor(1), tensor(2), 1, 0.9f, epsilon, own)
        .singletonOrThrow();
  }

  private NDArray zeros(NDArray image) {
    return manager.zeros(new Shape(image.getShape().get(1)));
  }

  private NDArray ones(NDArray image) {
    return manager.ones(new Shape(image.getShape().get(1)));
  }

  private NDArray prelu() {
    NDArray image = tensor(0);
    return Activation.relu(image).sub(Activation.relu(image.neg()).mul(tensor(1)));
  }

  private NDArray concatenated() {
    var parts = new NDList();
    for (int i = 0; i < node.getInputCount(); i++) {
      parts.add(tensor(i));
    }
    return parts
        .get(0)
        .getNDArrayInternal()
        .concat(parts.subNDList(1), (int) attributes.number("axis", 1));
  }

  private NDArray pooled(boolean largest) {
    attributes.require(
        "auto_pad", attributes.text("auto_pad", "NOTSET"), List.of("NOTSET", "VALID"));
    var kernel = new Shape(attributes.perAxis("kernel_shape", SPACE, 1));
    var stride = new Shape(attributes.perAxis("strides", SPACE, 1));
    var pads = new Shape(Convolutions.symmetric(attributes));
    boolean ceiling = attributes.number("ceil_mode", 0) != 0;
    if (largest) {
      return Pool.maxPool3d(tensor(0), kernel, stride, pads, ceiling);
    }
    if (attributes.number("count_include_pad", 0) == 0
        && Arrays.stream(pads.getShape()).anyMatch(pad -> pad > 0)) {
      throw NotTrainable.because(node, "padding that does not count");
    }
    return Pool.avgPool3d(tensor(0), kernel, stride, pads, ceiling, true);
  }

  /** Nearest by whole factors or trilinear, pixel centres as PyTorch has them. */
  private NDArray resized() {
    NDArray image = tensor(0);
    String mode = attributes.text("mode", "nearest");
    attributes.require("mode", mode, List.of("nearest", "linear"));
    String older = node.getOpType().equals("Upsample") ? "asymmetric" : "half_pixel";
    String centres = attributes.text("coordinate_transformation_mode", older);
    attributes.require(
        "coordinate_transformation_mode",
        centres,
        mode.equals("linear")
            ? List.of("half_pixel", "pytorch_half_pixel")
            : List.of("half_pixel", "pytorch_half_pixel", "asymmetric"));
    long[] size = sizes(image.getShape().getShape());
    return mode.equals("linear")
        ? trilinear(image, size)
        : image
            .getNDArrayInternal()
            .interpolation(Arrays.copyOfRange(size, 2, size.length), NEAREST, false);
  }

  /** The engine offers two axes at a time, which comes to the same. */
  private static NDArray trilinear(NDArray image, long[] to) {
    long[] from = image.getShape().getShape();
    long planes = from[0] * from[1];
    NDArray inPlane =
        image
            .reshape(new Shape(planes, from[2], from[3], from[4]))
            .getNDArrayInternal()
            .interpolation(new long[] {to[3], to[4]}, BILINEAR, false);
    return inPlane
        .reshape(new Shape(planes, 1, from[2], to[3] * to[4]))
        .getNDArrayInternal()
        .interpolation(new long[] {to[2], to[3] * to[4]}, BILINEAR, false)
        .reshape(new Shape(to));
  }

  private long[] sizes(long[] before) {
    List<Object> inputs = inputs();
    if (inputs.size() > 3 && ((Numbers) inputs.get(3)).count() > 0) {
      return ((Numbers) inputs.get(3)).wholes();
    }
    var scales = (Numbers) inputs.get(inputs.size() == 2 ? 1 : 2);
    var after = new long[before.length];
    for (int axis = 0; axis < before.length; axis++) {
      after[axis] = (long) Math.floor(before[axis] * scales.at(axis));
    }
    return after;
  }
}
