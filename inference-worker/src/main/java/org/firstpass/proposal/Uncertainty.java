package org.firstpass.proposal;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkOutput;

/**
 * How unsure the network is of a segment: the mean normalised entropy over the segment and its rim,
 * 0 (sure) to 1.
 *
 * <p>The rim is the voxels that touch the segment by a face: an overlooked border is as much a
 * doubt as one that was drawn. For a segment that was not found it is the entropy of the largest
 * probability it has anywhere: sure that it is absent is 0.
 */
final class Uncertainty {
  private final NetworkOutput output;
  private final short[] chosen;
  private final GridSize size;
  private final double[][] sums;
  private final long[][] counts;

  Uncertainty(LabelSpec spec, NetworkOutput output, short[] chosen) {
    this.output = output;
    this.chosen = chosen;
    this.size = output.grid().size();
    int numbers =
        1 + spec.segments().stream().mapToInt(each -> each.segment().number()).max().orElse(0);
    int[] channels = new int[numbers];
    for (LabelledChannel labelled : spec.segments()) {
      channels[labelled.segment().number()] = labelled.channel();
    }
    this.sums = new double[size.slices()][];
    this.counts = new long[size.slices()][];
    IntStream.range(0, size.slices()).parallel().forEach(slice -> addSlice(slice, channels));
  }

  double of(LabelledChannel labelled) {
    int number = labelled.segment().number();
    double sum = 0;
    long count = 0;
    // Slice by slice, so that rounding does not depend on the threads.
    for (int slice = 0; slice < size.slices(); slice++) {
      sum += sums[slice][number];
      count += counts[slice][number];
    }
    return count > 0 ? Math.min(1, sum / count) : doubtOfAbsence(labelled.channel());
  }

  private void addSlice(int slice, int[] channels) {
    var sliceSums = new double[channels.length];
    var sliceCounts = new long[channels.length];
    var entropy = new VoxelEntropy(output);
    var touched = new int[7];
    for (int row = 0; row < size.rows(); row++) {
      for (int column = 0; column < size.columns(); column++) {
        int at = size.index(column, row, slice);
        int found = touchedSegments(column, row, slice, touched);
        for (int i = 0; i < found; i++) {
          sliceSums[touched[i]] += entropy.at(at, channels[touched[i]]);
          sliceCounts[touched[i]]++;
        }
      }
    }
    sums[slice] = sliceSums;
    counts[slice] = sliceCounts;
  }

  /** The segments that a voxel belongs to or touches by a face, each once. */
  private int touchedSegments(int column, int row, int slice, int[] touched) {
    int at = size.index(column, row, slice);
    int found = add(touched, 0, at);
    found = column > 0 ? add(touched, found, at - 1) : found;
    found = column < size.columns() - 1 ? add(touched, found, at + 1) : found;
    found = row > 0 ? add(touched, found, at - size.columns()) : found;
    found = row < size.rows() - 1 ? add(touched, found, at + size.columns()) : found;
    found = slice > 0 ? add(touched, found, at - size.voxelsPerSlice()) : found;
    return slice < size.slices() - 1 ? add(touched, found, at + size.voxelsPerSlice()) : found;
  }

  private int add(int[] touched, int found, int at) {
    int number = Short.toUnsignedInt(chosen[at]);
    if (number == 0) {
      return found;
    }
    for (int i = 0; i < found; i++) {
      if (touched[i] == number) {
        return found;
      }
    }
    touched[found] = number;
    return found + 1;
  }

  private double doubtOfAbsence(int channel) {
    double largest =
        IntStream.range(0, size.slices())
            .parallel()
            .mapToDouble(slice -> largestProbability(slice, channel))
            .max()
            .orElse(0);
    return VoxelEntropy.binary(Math.min(0.5, largest));
  }

  private double largestProbability(int slice, int channel) {
    var entropy = new VoxelEntropy(output);
    double largest = 0;
    int from = slice * size.voxelsPerSlice();
    for (int at = from; at < from + size.voxelsPerSlice(); at++) {
      largest = Math.max(largest, entropy.probability(at, channel));
    }
    return largest;
  }

  /** Probabilities and their entropy at one voxel. One thread at a time. */
  private static final class VoxelEntropy {
    private static final double LOG_TWO = Math.log(2);

    private final NetworkOutput output;
    private final double[] probabilities;
    private final double logChannels;
    private int lastVoxel = -1;
    private double lastEntropy;

    VoxelEntropy(NetworkOutput output) {
      this.output = output;
      this.probabilities = new double[output.channels()];
      this.logChannels = Math.log(output.channels());
    }

    double at(int voxel, int channel) {
      if (output.activation() == Activation.SIGMOID) {
        return binary(sigmoid(voxel, channel));
      }
      if (voxel != lastVoxel) {
        fill(voxel);
        lastEntropy = 0;
        for (double probability : probabilities) {
          lastEntropy -= probability > 0 ? probability * Math.log(probability) : 0;
        }
        lastEntropy /= logChannels;
        lastVoxel = voxel;
      }
      return lastEntropy;
    }

    double probability(int voxel, int channel) {
      if (output.activation() == Activation.SIGMOID) {
        return sigmoid(voxel, channel);
      }
      fill(voxel);
      return probabilities[channel];
    }

    static double binary(double probability) {
      if (probability <= 0 || probability >= 1) {
        return 0;
      }
      double other = 1 - probability;
      return -(probability * Math.log(probability) + other * Math.log(other)) / LOG_TWO;
    }

    private double sigmoid(int voxel, int channel) {
      return 1 / (1 + Math.exp(-output.channel(channel)[voxel]));
    }

    private void fill(int voxel) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int channel = 0; channel < probabilities.length; channel++) {
        probabilities[channel] = output.channel(channel)[voxel];
        largest = Math.max(largest, probabilities[channel]);
      }
      double sum = 0;
      for (int channel = 0; channel < probabilities.length; channel++) {
        if (output.activation() == Activation.SOFTMAX) {
          probabilities[channel] = Math.exp(probabilities[channel] - largest);
        }
        sum += probabilities[channel];
      }
      for (int channel = 0; channel < probabilities.length; channel++) {
        probabilities[channel] /= sum;
      }
    }
  }
}
