package org.firstpass.proposal;

import java.util.Arrays;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.volume.ProbabilityMapCodec;

/**
 * From what a network says of a voxel to the probability of each segment, as a byte.
 *
 * <p>Logits are divided by the temperature of the package's calibration first. Of classes that
 * exclude each other it is the softmax; of classes that stand alone each has its own; a region that
 * contains a later one is only as probable as that the later one is not there, because the later
 * one wins; where the graph has decided it is the share of votes. Immutable.
 */
final class CandidateProbabilities {
  private static final int ROW = 512;
  private static final int FULL = 255;

  /** What rounds to certain, and what rounds to less than is kept. */
  private static final double SURE = (FULL - 0.5) / FULL;

  private static final double UNLIKELY = (ProbabilityMapCodec.LEAST - 0.5) / FULL;

  private final Activation activation;
  private final SegmentChoice choice;
  private final double temperature;

  CandidateProbabilities(ModelManifest manifest) {
    this.activation = manifest.output().activation();
    this.choice = SegmentChoice.of(manifest);
    this.temperature = Likelihoods.temperatureOf(manifest);
  }

  int candidates() {
    return choice.candidates();
  }

  /** The segment that a candidate speaks for, 0 for background. */
  int segmentNumber(int candidate) {
    return choice.segmentNumber(candidate);
  }

  /**
   * Turns what the network says of a voxel into whole numbers from 0 to 255.
   *
   * @param values of the candidates
   */
  void toBytes(float[] values) {
    switch (activation) {
      case SOFTMAX -> softmax(values);
      case SIGMOID, REGIONS, FRACTION -> alone(values);
      case ARGMAX -> {}
      case NONE -> throw new IllegalArgumentException("the network says nothing of voxels");
    }
    for (int candidate = 0; candidate < values.length; candidate++) {
      values[candidate] = Math.round(Math.min(1, Math.max(0, values[candidate])) * FULL);
    }
  }

  /**
   * Where the network is so sure of what it chose that a byte says nothing else, and does so at
   * every place between voxels that are sure of the same.
   *
   * @param from first voxel of the range in the slab
   * @param to the voxel after the last
   * @param chosen the segments that were chosen, of the slab's first voxel at {@code chosenFrom}
   * @param settled set to 1 where it is sure, else to 0, of the slab's first voxel at {@code
   *     settledFrom}
   */
  void settle(NetworkSlab slab, Range range, short[] chosen, int chosenFrom, byte[] settled) {
    for (int start = range.from(); start < range.to(); start += ROW) {
      int count = Math.min(ROW, range.to() - start);
      if (activation.standsAlone()) {
        settleAlone(slab, start, count, settled, range.settledFrom() + start);
      } else {
        settleExclusive(
            slab, start, count, chosen, chosenFrom, settled, range.settledFrom() + start);
      }
    }
  }

  /** Some voxels of a slab, and where what is said of its first one goes. */
  record Range(int from, int to, int settledFrom) {}

  private void softmax(float[] values) {
    float peak = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      peak = Math.max(peak, value);
    }
    float inverse = (float) (1 / temperature);
    float sum = 0;
    for (int candidate = 0; candidate < values.length; candidate++) {
      float below = (values[candidate] - peak) * inverse;
      values[candidate] = below > Exponential.LOWEST ? Exponential.of(below) : 0;
      sum += values[candidate];
    }
    for (int candidate = 0; candidate < values.length; candidate++) {
      values[candidate] /= sum;
    }
  }

  private void alone(float[] values) {
    float later = 0;
    for (int candidate = values.length - 1; candidate >= 0; candidate--) {
      float own = (float) sigmoid(logit(values[candidate]) / temperature);
      values[candidate] = activation == Activation.REGIONS ? Math.min(own, 1 - later) : own;
      later = Math.max(later, own);
    }
  }

  private double logit(double value) {
    if (activation != Activation.FRACTION) {
      return value;
    }
    double fraction = Math.min(1, Math.max(0, value));
    return Math.log(fraction / (1 - fraction));
  }

  /** The least lead of the first over the second with which all others are unlikely enough. */
  private void settleExclusive(
      NetworkSlab slab,
      int start,
      int count,
      short[] chosen,
      int chosenFrom,
      byte[] settled,
      int settledAt) {
    var best = new float[count];
    var second = new float[count];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    Arrays.fill(second, Float.NEGATIVE_INFINITY);
    for (int candidate = 0; candidate < choice.candidates(); candidate++) {
      float[] values = slab.channel(choice.channel(candidate));
      for (int i = 0; i < count; i++) {
        float value = values[start + i];
        second[i] = Math.max(second[i], Math.min(best[i], value));
        best[i] = Math.max(best[i], value);
      }
    }
    float ofBackground = least(1 - UNLIKELY);
    float ofSegment = least(SURE);
    boolean votes = activation == Activation.ARGMAX;
    for (int i = 0; i < count; i++) {
      float known = votes ? best[i] : best[i] - second[i];
      float needed = chosen[chosenFrom + start + i] == 0 ? ofBackground : ofSegment;
      settled[settledAt + i] = (byte) (known >= needed ? 1 : 0);
    }
  }

  private float least(double probability) {
    double odds = probability / (1 - probability) * (choice.candidates() - 1);
    return (float) (activation == Activation.ARGMAX ? probability : temperature * Math.log(odds));
  }

  /** A class that is neither sure nor unlikely settles nothing, unless a later region covers it. */
  private void settleAlone(NetworkSlab slab, int start, int count, byte[] settled, int settledAt) {
    float low = value(UNLIKELY);
    float high = value(SURE);
    float nothing = value(1 - SURE);
    boolean regions = activation == Activation.REGIONS;
    var open = new boolean[count];
    var found = new boolean[count];
    for (int candidate = 0; candidate < choice.candidates(); candidate++) {
      float[] values = slab.channel(choice.channel(candidate));
      for (int i = 0; i < count; i++) {
        float value = values[start + i];
        // What a later region may cover is less sure by as much.
        if (value >= (found[i] && regions ? nothing : low)) {
          open[i] = value < high || found[i] && !regions;
          found[i] = true;
        }
      }
    }
    for (int i = 0; i < count; i++) {
      settled[settledAt + i] = (byte) (open[i] ? 0 : 1);
    }
  }

  /** What the network says where a class has this probability. */
  private float value(double probability) {
    double logit = temperature * Math.log(probability / (1 - probability));
    return (float) (activation == Activation.FRACTION ? sigmoid(logit) : logit);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
