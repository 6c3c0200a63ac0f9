package org.firstpass.inference;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.firstpass.sample.OnnxGraph;

/**
 * A convolution of 3 x 3 x 3 (or 1 x 3 x 3) seeded weights, padded with zeros, and the same in
 * plain loops. What it says near a window's border depends on the border, and turned round it says
 * something else: so nothing that is done with windows can go wrong unseen.
 */
final class ConvolutionGraph {
  static final String INPUT = "image";
  static final String OUTPUT = "logits";
  static final String SCORES = "scores";

  private static final int EDGE = 3;

  private final int inputs;
  private final int outputs;
  private final boolean flat;
  private final float[] weights;
  private final float[] biases;
  private long batch = -1;

  ConvolutionGraph(int inputs, int outputs, boolean flat, long seed) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.flat = flat;
    var random = new Random(seed);
    this.weights = new float[outputs * inputs * depth() * EDGE * EDGE];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    this.biases = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      biases[i] = (float) random.nextGaussian();
    }
  }

  /** With a first axis of this length; free if not set. */
  ConvolutionGraph batch(long length) {
    batch = length;
    return this;
  }

  /** Answers the values themselves. */
  OnnxGraph graph() {
    return convolution(new OnnxGraph(), OUTPUT).output(OUTPUT, axes(outputs));
  }

  /** Answers which value is the largest. */
  OnnxGraph deciding() {
    return convolution(new OnnxGraph(), "values")
        .node(
            "ArgMax",
            List.of("values"),
            OUTPUT,
            OnnxGraph.integer("axis", 1),
            OnnxGraph.integer("keepdims", 1))
        .output(OUTPUT, DataType.INT64, axes(1));
  }

  /** Answers the values, and their means over the window as those of a classification head. */
  OnnxGraph classifying() {
    return convolution(new OnnxGraph(), OUTPUT)
        .node("GlobalAveragePool", List.of(OUTPUT), "means")
        .node("Flatten", List.of("means"), SCORES)
        .output(OUTPUT, axes(outputs))
        .output(SCORES, batch, outputs);
  }

  /** What it answers to one window: channel, slice, row, column, as the argument. */
  double[] answer(float[] values, GridSize size) {
    var answer = new double[outputs * size.voxels()];
    for (int output = 0; output < outputs; output++) {
      for (int slice = 0; slice < size.slices(); slice++) {
        for (int row = 0; row < size.rows(); row++) {
          for (int column = 0; column < size.columns(); column++) {
            answer[output * size.voxels() + size.index(column, row, slice)] =
                at(values, size, output, column, row, slice);
          }
        }
      }
    }
    return answer;
  }

  int outputs() {
    return outputs;
  }

  private double at(float[] values, GridSize size, int output, int column, int row, int slice) {
    double sum = biases[output];
    int weight = output * inputs * depth() * EDGE * EDGE;
    for (int input = 0; input < inputs; input++) {
      for (int s = 0; s < depth(); s++) {
        for (int r = -1; r <= 1; r++) {
          for (int c = -1; c <= 1; c++) {
            int inSlice = flat ? slice : slice + s - 1;
            if (size.contains(column + c, row + r, inSlice)) {
              sum +=
                  (double) weights[weight]
                      * values[input * size.voxels() + size.index(column + c, row + r, inSlice)];
            }
            weight++;
          }
        }
      }
    }
    return sum;
  }

  private int depth() {
    return flat ? 1 : EDGE;
  }

  private OnnxGraph convolution(OnnxGraph graph, String output) {
    List<Long> shape = new ArrayList<>(List.of((long) outputs, (long) inputs));
    shape.addAll(flat ? List.of(3L, 3L) : List.of(3L, 3L, 3L));
    var pads = new Long[flat ? 4 : 6];
    Arrays.fill(pads, 1L);
    return graph
        .input(INPUT, axes(inputs))
        .weights("weights", shape, weights)
        .weights("biases", List.of((long) outputs), biases)
        .node(
            "Conv", List.of(INPUT, "weights", "biases"), output, OnnxGraph.integers("pads", pads));
  }

  private long[] axes(long channels) {
    return flat ? new long[] {batch, channels, -1, -1} : new long[] {batch, channels, -1, -1, -1};
  }
}
