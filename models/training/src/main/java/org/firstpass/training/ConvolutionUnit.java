package org.firstpass.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A 3x3x3 convolution, instance normalisation and a leaky ReLU, on (1, channels, D, H, W).
 *
 * <p>DJL has no 3-D instance normalisation. Over a batch of one, batch normalisation with the
 * statistics of the batch is the same thing, so a batch of another size is refused.
 */
final class ConvolutionUnit extends AbstractBlock {
  static final float EPSILON = 1e-5f;
  static final float SLOPE = 0.01f;

  private final Conv3d convolution;
  private final Parameter scale;
  private final Parameter shift;
  private final int stride;
  private final int channels;

  ConvolutionUnit(int channels, int stride) {
    this.channels = channels;
    this.stride = stride;
    // The shift of the normalisation makes a bias of the convolution pointless.
    this.convolution =
        addChildBlock(
            "convolution",
            Conv3d.builder()
                .setFilters(channels)
                .setKernelShape(new Shape(3, 3, 3))
                .optPadding(new Shape(1, 1, 1))
                .optStride(new Shape(stride, stride, stride))
                .optBias(false)
                .build());
    this.scale = parameter("scale", Parameter.Type.GAMMA);
    this.shift = parameter("shift", Parameter.Type.BETA);
  }

  private Parameter parameter(String name, Parameter.Type type) {
    return addParameter(
        Parameter.builder().setName(name).setType(type).optShape(new Shape(channels)).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray mapped = convolution.forward(store, inputs, training).singletonOrThrow();
    if (mapped.getShape().get(0) != 1) {
      throw new IllegalArgumentException(
          "the network takes a batch of one, but got " + mapped.getShape());
    }
    NDArray weight = store.getValue(scale, mapped.getDevice(), training);
    NDArray bias = store.getValue(shift, mapped.getDevice(), training);
    NDArray unused = mapped.getManager().zeros(new Shape(channels));
    NDArray alsoUnused = mapped.getManager().ones(new Shape(channels));
    NDList normalised =
        BatchNorm.batchNorm(mapped, unused, alsoUnused, weight, bias, 1, 0.9f, EPSILON, true);
    return Activation.leakyRelu(normalised, SLOPE);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return convolution.getOutputShapes(inputs);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    convolution.initialize(manager, type, inputs);
  }

  /** Adds this unit to a graph and answers the name of its output. */
  String addTo(OnnxGraph graph, String name, String input) {
    NDArray weight = convolution.getParameters().get(0).getValue().getArray();
    String mapped = graph.convolution(name + ".convolution", input, weight, stride);
    String normalised =
        graph.instanceNormalization(
            name + ".norm", mapped, scale.getArray(), shift.getArray(), EPSILON);
    return graph.leakyRelu(name + ".activation", normalised, SLOPE);
  }
}
