package org.firstpass.proposal;

import java.util.Arrays;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkSlab;

/**
 * From what a network says of a voxel to its probabilities and their entropy.
 *
 * <p>Logits are divided by the temperature of the package's calibration first. Of classes that
 * exclude each other the doubt is the entropy of all probabilities over the logarithm of their
 * number; of classes that stand alone it is the largest binary entropy that a labelled one has, in
 * bits, so what is torn about one class is torn; where the graph has decided it is the entropy of
 * the windows' votes. Immutable.
 *
 * @see "Guo et al., On Calibration of Modern Neural Networks, ICML 2017, section 4.2"
 */
final class Likelihoods {
  private static final double LOG_TWO = Math.log(2);

  /** exp(-16) adds less than 2e-6 to an entropy in nats: a thousandth of what a byte tells. */
  private static final float NEGLIGIBLE = Exponential.LOWEST;

  private static final int ROW = 512;

  private final Activation activation;
  private final int channels;
  private final int[] labelled;
  private final float inverseTemperature;
  private final double logChannels;

  Likelihoods(ModelManifest manifest, double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("a temperature is above zero, but is " + temperature);
    }
    this.activation = manifest.output().activation();
    this.channels = manifest.output().channels();
    this.labelled =
        manifest.labels().segments().stream().mapToInt(LabelledChannel::channel).toArray();
    this.inverseTemperature = (float) (1 / temperature);
    this.logChannels = Math.log(channels);
  }

  /** 1 for a package that was not calibrated. */
  static double temperatureOf(ModelManifest manifest) {
    CalibrationSpec calibration = manifest.calibration();
    return calibration == null ? 1 : calibration.temperature();
  }

  /**
   * Writes the doubt of a range of voxels.
   *
   * @param from first voxel of the range in the slab
   * @param to the voxel after the last
   * @param at where the first voxel's doubt goes
   * @param largest by channel: raised to the largest probability found, of labelled channels only,
   *     and of classes that exclude each other as far as a half
   */
  void entropyOf(NetworkSlab slab, int from, int to, byte[] doubt, int at, double[] largest) {
    var row = new Row();
    for (int start = from; start < to; start += ROW) {
      int count = Math.min(ROW, to - start);
      switch (activation) {
        case SOFTMAX -> row.exclusive(slab, start, count, largest);
        case ARGMAX -> row.votes(slab, start, count, largest);
        case SIGMOID, REGIONS, FRACTION -> row.alone(slab, start, count, largest);
        case NONE -> throw new IllegalArgumentException("the network says nothing of voxels");
      }
      for (int i = 0; i < count; i++) {
        doubt[at + start - from + i] = Doubt.toByte(row.entropy[i]);
      }
    }
  }

  /** In bits: 0 for a probability of 0 or 1, 1 for a half. */
  static double binaryEntropy(double probability) {
    if (!(probability > 0 && probability < 1)) {
      return 0;
    }
    double other = 1 - probability;
    return -(probability * Math.log(probability) + other * Math.log(other)) / LOG_TWO;
  }

  /** A few voxels at a time, channel by channel, as they lie in memory. */
  private final class Row {
    private final double[] entropy = new double[ROW];
    private final float[] peak = new float[ROW];
    private final double[] sum = new double[ROW];
    private final double[] weighted = new double[ROW];

    /** H = ln S - (sum of e d) / S with d = (z - max) / T, e = exp d and S their sum. */
    void exclusive(NetworkSlab slab, int start, int count, double[] largest) {
      peaks(slab, start, count);
      Arrays.fill(sum, 0);
      Arrays.fill(weighted, 0);
      for (int channel = 0; channel < channels; channel++) {
        float[] values = slab.channel(channel);
        for (int i = 0; i < count; i++) {
          float below = (values[start + i] - peak[i]) * inverseTemperature;
          if (below > NEGLIGIBLE) {
            float share = Exponential.of(below);
            sum[i] += share;
            weighted[i] += share * below;
          }
        }
      }
      for (int i = 0; i < count; i++) {
        entropy[i] = sum[i] == 1 ? 0 : (Math.log(sum[i]) - weighted[i] / sum[i]) / logChannels;
      }
      for (int channel : labelled) {
        largest[channel] = largestShare(slab.channel(channel), start, count, largest[channel]);
      }
    }

    private void peaks(NetworkSlab slab, int start, int count) {
      System.arraycopy(slab.channel(0), start, peak, 0, count);
      for (int channel = 1; channel < channels; channel++) {
        float[] values = slab.channel(channel);
        for (int i = 0; i < count; i++) {
          peak[i] = Math.max(peak[i], values[start + i]);
        }
      }
    }

    /**
     * Only as far as it matters: from a half on the segment may as well be there. The sum is 1 at
     * least, so what is not above without it is not above with it.
     */
    private double largestShare(float[] values, int start, int count, double known) {
      double found = known;
      double bar = Math.log(found);
      for (int i = 0; i < count && found < 0.5; i++) {
        double below = (values[start + i] - peak[i]) * inverseTemperature;
        if (below > bar) {
          found = Math.max(found, Math.exp(below) / sum[i]);
          bar = Math.log(found);
        }
      }
      return found;
    }

    void votes(NetworkSlab slab, int start, int count, double[] largest) {
      Arrays.fill(entropy, 0);
      for (int channel = 0; channel < channels; channel++) {
        float[] values = slab.channel(channel);
        for (int i = 0; i < count; i++) {
          double share = values[start + i];
          entropy[i] -= share > 0 && share < 1 ? share * Math.log(share) / logChannels : 0;
        }
      }
      for (int channel : labelled) {
        float[] values = slab.channel(channel);
        for (int i = 0; i < count; i++) {
          largest[channel] = Math.max(largest[channel], values[start + i]);
        }
      }
    }

    /** Binary entropy falls with the distance of the logit from 0, so the nearest one has it. */
    void alone(NetworkSlab slab, int start, int count, double[] largest) {
      Arrays.fill(peak, Float.POSITIVE_INFINITY);
      for (int channel : labelled) {
        float[] values = slab.channel(channel);
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
          float logit = logit(values[start + i]) * inverseTemperature;
          peak[i] = Math.min(peak[i], Math.abs(logit));
          highest = Math.max(highest, logit);
        }
        largest[channel] = Math.max(largest[channel], sigmoid(highest));
      }
      for (int i = 0; i < count; i++) {
        entropy[i] = peak[i] > -NEGLIGIBLE ? 0 : binaryEntropy(sigmoid(peak[i]));
      }
    }

    private float logit(float value) {
      if (activation != Activation.FRACTION) {
        return value;
      }
      double fraction = Math.min(1, Math.max(0, (double) value));
      return (float) Math.log(fraction / (1 - fraction));
    }
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
