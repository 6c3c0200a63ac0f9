package org.firstpass.training.graph;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv3d;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 3-D convolutions and transposed ones; the engine has no gradient way for the latter. */
final class Convolutions {
  private static final int SPACE = 3;

  private Convolutions() {}

  static NDArray convolution(
      Attributes attributes, NDArray image, NDArray weight, @Nullable NDArray bias) {
    requireVolumes(attributes, weight);
    return conv(
        image,
        weight,
        bias,
        attributes.perAxis("strides", SPACE, 1),
        symmetric(attributes),
        attributes.perAxis("dilations", SPACE, 1),
        (int) attributes.number("group", 1));
  }

  private static NDArray conv(
      NDArray image,
      NDArray weight,
      @Nullable NDArray bias,
      long[] stride,
      long[] padding,
      long[] dilation,
      int groups) {
    var parts =
        Conv3d.conv3d(
            image,
            weight,
            bias,
            new Shape(stride),
            new Shape(padding),
            new Shape(dilation),
            groups);
    return parts.singletonOrThrow();
  }

  /** The padding of a node, which must be the same before and after. */
  static long[] symmetric(Attributes attributes) {
    long[] pads = attributes.perAxis("pads", 2 * SPACE, 0);
    long[] before = Arrays.copyOf(pads, SPACE);
    if (!Arrays.equals(before, Arrays.copyOfRange(pads, SPACE, 2 * SPACE))) {
      throw NotTrainable.because(attributes.node(), "padding " + Arrays.toString(pads));
    }
    return before;
  }

  /**
   * A transposed convolution. Where kernel and stride are equal each voxel becomes a block of its
   * own; else it is a convolution, with the kernel turned round, of the image with zeros between
   * its voxels.
   */
  static NDArray transposed(
      Attributes attributes, NDArray image, NDArray weight, @Nullable NDArray bias) {
    requireVolumes(attributes, weight);
    if (attributes.number("group", 1) != 1) {
      throw NotTrainable.because(attributes.node(), "group above 1");
    }
    long[] stride = attributes.perAxis("strides", SPACE, 1);
    long[] pads = symmetric(attributes);
    long[] more = attributes.perAxis("output_padding", SPACE, 0);
    long[] dilations = attributes.perAxis("dilations", SPACE, 1);
    long[] kernel = Arrays.copyOfRange(weight.getShape().getShape(), 2, 2 + SPACE);
    if (attributes.find("output_shape").isPresent()
        || Arrays.stream(dilations).anyMatch(d -> d != 1)) {
      throw NotTrainable.because(attributes.node(), "output_shape or dilations");
    }
    boolean blocks =
        Arrays.equals(kernel, stride)
            && Arrays.stream(pads).allMatch(pad -> pad == 0)
            && Arrays.stream(more).allMatch(pad -> pad == 0);
    return blocks
        ? blocks(image, weight, bias, kernel)
        : between(attributes, image, weight, bias, stride, pads, more, kernel);
  }

  private static NDArray blocks(
      NDArray image, NDArray weight, @Nullable NDArray bias, long[] kernel) {
    long in = weight.getShape().get(0);
    long out = weight.getShape().get(1);
    long each = kernel[0] * kernel[1] * kernel[2];
    NDArray pointwise =
        weight.reshape(in, out * each).transpose(1, 0).reshape(out * each, in, 1, 1, 1);
    long[] size = image.getShape().getShape();
    NDArray mapped =
        conv(
            image, pointwise, null, new long[] {1, 1, 1}, new long[SPACE], new long[] {1, 1, 1}, 1);
    NDArray turned =
        mapped
            .reshape(
                new Shape(size[0], out, kernel[0], kernel[1], kernel[2], size[2], size[3], size[4]))
            .transpose(0, 1, 5, 2, 6, 3, 7, 4)
            .reshape(
                new Shape(
                    size[0], out, size[2] * kernel[0], size[3] * kernel[1], size[4] * kernel[2]));
    return bias == null ? turned : turned.add(bias.reshape(1, out, 1, 1, 1));
  }

  private static NDArray between(
      Attributes attributes,
      NDArray image,
      NDArray weight,
      @Nullable NDArray bias,
      long[] stride,
      long[] pads,
      long[] more,
      long[] kernel) {
    NDArray spread = image;
    var padding = new long[SPACE];
    for (int axis = 0; axis < SPACE; axis++) {
      padding[axis] = kernel[axis] - 1 - pads[axis];
      if (padding[axis] < 0 || more[axis] >= stride[axis]) {
        throw NotTrainable.because(attributes.node(), "padding beyond the kernel or the stride");
      }
      spread = spread(spread, 2 + axis, stride[axis], more[axis]);
    }
    NDArray turned = weight.flip(2, 3, 4).transpose(1, 0, 2, 3, 4);
    return conv(spread, turned, bias, new long[] {1, 1, 1}, padding, new long[] {1, 1, 1}, 1);
  }

  /** Puts zeros between voxels along an axis, and some behind the last. */
  private static NDArray spread(NDArray image, int axis, long stride, long behind) {
    if (stride == 1) {
      return image;
    }
    long[] size = image.getShape().getShape();
    long[] zeros = Arrays.copyOf(size, size.length + 1);
    System.arraycopy(size, axis + 1, zeros, axis + 2, size.length - axis - 1);
    zeros[axis + 1] = stride - 1;
    NDArray filled =
        image
            .expandDims(axis + 1)
            .getNDArrayInternal()
            .concat(new NDList(image.getManager().zeros(new Shape(zeros))), axis + 1);
    long[] whole = size.clone();
    whole[axis] = size[axis] * stride;
    NDArray flat = filled.reshape(new Shape(whole));
    long wanted = (size[axis] - 1) * stride + 1 + behind;
    return wanted == whole[axis] ? flat : flat.get(new NDIndex(":, ".repeat(axis) + ":" + wanted));
  }

  private static void requireVolumes(Attributes attributes, NDArray weight) {
    attributes.require(
        "auto_pad", attributes.text("auto_pad", "NOTSET"), List.of("NOTSET", "VALID"));
    if (weight.getShape().dimension() != 2 + SPACE) {
      throw NotTrainable.because(attributes.node(), "a kernel of other than three axes");
    }
  }
}
