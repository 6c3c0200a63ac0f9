package org.firstpass.inference;

import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.WindowPlan.Start;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.WindowSpec.Sliding;
import org.firstpass.prepare.NetworkInput;

/**
 * What windows, passes and blending amount to, in the plainest loops: the weighted sum over the sum
 * of weights, in float64, of the mean over passes.
 */
final class PlainBlending {
  private final ModelManifest manifest;
  private final NetworkInput input;
  private final GridSize size;
  private final GridSize window;
  private final double[][] sums;
  private final double[] agreements;
  private final double[] weights;

  private PlainBlending(ModelManifest manifest, NetworkInput input, GridSize window) {
    this.manifest = manifest;
    this.input = input;
    this.size = input.grid().size();
    this.window = window;
    this.sums = new double[manifest.output().channels()][size.voxels()];
    this.agreements = new double[size.voxels()];
    this.weights = new double[size.voxels()];
  }

  /**
   * @param networks the members of an ensemble
   */
  static PlainBlending of(
      ModelManifest manifest, NetworkInput input, List<ConvolutionGraph> networks) {
    WindowPlan plan = WindowPlan.of(input.grid().size(), manifest);
    var plain = new PlainBlending(manifest, input, plan.window());
    var flat = new float[plan.window().voxels()];
    java.util.Arrays.fill(flat, 1);
    float[] map =
        manifest.windows() instanceof Sliding sliding
            ? ImportanceMap.of(plan.window(), sliding)
            : flat;
    for (Start start : plan.starts()) {
      plain.add(start, map, networks);
    }
    return plain;
  }

  double value(int channel, int at) {
    return sums[channel][at] / weights[at];
  }

  double agreement(int at) {
    return agreements[at] / weights[at];
  }

  private void add(Start start, float[] map, List<ConvolutionGraph> networks) {
    int channels = sums.length;
    var mean = new double[channels * window.voxels()];
    List<double[]> passes =
        networks.stream()
            .flatMap(
                network ->
                    Mirror.subsets(manifest.windows().mirror()).stream()
                        .map(mirror -> pass(start, mirror, network)))
            .toList();
    for (double[] pass : passes) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += pass[i] / passes.size();
      }
    }
    for (int slice = 0; slice < window.slices(); slice++) {
      for (int row = 0; row < window.rows(); row++) {
        for (int column = 0; column < window.columns(); column++) {
          int c = start.column() + column;
          int r = start.row() + row;
          int s = start.slice() + slice;
          if (!size.contains(c, r, s)) {
            continue;
          }
          int from = window.index(column, row, slice);
          int to = size.index(c, r, s);
          weights[to] += map[from];
          for (int channel = 0; channel < channels; channel++) {
            sums[channel][to] += map[from] * mean[channel * window.voxels() + from];
          }
          int chosen = largest(mean, from);
          long agreeing = passes.stream().filter(pass -> largest(pass, from) == chosen).count();
          agreements[to] += map[from] * (double) agreeing / passes.size();
        }
      }
    }
  }

  private int largest(double[] values, int at) {
    int best = 0;
    for (int channel = 1; channel < sums.length; channel++) {
      if (values[channel * window.voxels() + at] > values[best * window.voxels() + at]) {
        best = channel;
      }
    }
    return best;
  }

  private double[] pass(Start start, Mirror mirror, ConvolutionGraph network) {
    boolean flat = manifest.input().seesSlices();
    int neighbours = manifest.input().effectiveNeighbours();
    var tensor = new float[manifest.input().tensorChannels() * window.voxels()];
    for (int at = 0; at < tensor.length; at++) {
      int tensorChannel = at / window.voxels();
      int inWindow = turned(at % window.voxels(), mirror);
      int column = start.column() + inWindow % window.columns();
      int row = start.row() + inWindow / window.columns() % window.rows();
      int slice = start.slice() + inWindow / window.voxelsPerSlice();
      int channel = tensorChannel;
      if (flat) {
        slice += tensorChannel / input.channels() - neighbours;
        slice = Math.max(0, Math.min(size.slices() - 1, slice));
        channel = tensorChannel % input.channels();
      }
      tensor[at] =
          size.contains(column, row, slice)
              ? input.channel(channel)[size.index(column, row, slice)]
              : (float) manifest.windows().padding();
    }
    double[] answer = network.answer(tensor, window);
    var turned = new double[answer.length];
    for (int at = 0; at < answer.length; at++) {
      int channel = at / window.voxels();
      turned[at] = answer[channel * window.voxels() + turned(at % window.voxels(), mirror)];
    }
    return manifest.output().activation() == Activation.ARGMAX ? decided(turned) : turned;
  }

  private double[] decided(double[] values) {
    var votes = new double[values.length];
    for (int at = 0; at < window.voxels(); at++) {
      votes[largest(values, at) * window.voxels() + at] = 1;
    }
    return votes;
  }

  private int turned(int at, Mirror mirror) {
    int column = at % window.columns();
    int row = at / window.columns() % window.rows();
    int slice = at / window.voxelsPerSlice();
    return window.index(
        mirror.columns() ? window.columns() - 1 - column : column,
        mirror.rows() ? window.rows() - 1 - row : row,
        mirror.slices() ? window.slices() - 1 - slice : slice);
  }
}
