package org.firstpass.calibration;

import java.util.List;
import org.firstpass.calibration.VoxelSamples.Sample;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;

/**
 * How likely the right segment of a voxel is by what a network said, at a temperature.
 *
 * <p>Classes that exclude each other: softmax; every channel that is not labelled is background.
 * Classes that stand alone: each labelled channel says yes or no. Regions: a segment is right where
 * its channel says yes and none that is named after it does. Immutable.
 */
final class VoxelLikelihood {
  private final Activation activation;
  private final int[] channels;
  private final int[] numbers;

  VoxelLikelihood(ModelManifest manifest) {
    this.activation = manifest.output().activation();
    List<LabelledChannel> labelled = manifest.labels().segments();
    this.channels = labelled.stream().mapToInt(LabelledChannel::channel).toArray();
    this.numbers = labelled.stream().mapToInt(each -> each.segment().number()).toArray();
  }

  /** Whether there are logits that a temperature can divide. */
  boolean hasTemperature() {
    return activation != Activation.ARGMAX && activation != Activation.NONE;
  }

  /** The mean negative log-likelihood of what is right, in nats. */
  double negativeLogLikelihood(List<Sample> samples, double temperature) {
    double sum = 0;
    for (Sample sample : samples) {
      sum += isAlone() ? alone(sample, temperature) : exclusive(sample, temperature);
    }
    return samples.isEmpty() ? 0 : sum / samples.size();
  }

  /** How sure the network was of what it chose at a voxel, and whether it was right. */
  void tally(Sample sample, double temperature, Reliability.Tally tally) {
    if (isAlone()) {
      for (int i = 0; i < channels.length; i++) {
        double yes = sigmoid(logit(sample.values()[channels[i]]) / temperature);
        tally.add(Math.max(yes, 1 - yes), (yes >= 0.5) == (sample.reference() == numbers[i]));
      }
      return;
    }
    double[] logarithms = logarithms(sample, temperature);
    int best = 0;
    for (int i = 1; i < logarithms.length; i++) {
      best = logarithms[i] > logarithms[best] ? i : best;
    }
    int chosen = best == 0 ? 0 : numbers[best - 1];
    tally.add(Math.min(1, Math.exp(logarithms[best])), chosen == sample.reference());
  }

  private boolean isAlone() {
    return activation == Activation.SIGMOID || activation == Activation.FRACTION;
  }

  private double alone(Sample sample, double temperature) {
    double sum = 0;
    for (int i = 0; i < channels.length; i++) {
      double logit = logit(sample.values()[channels[i]]) / temperature;
      sum += softPlus(sample.reference() == numbers[i] ? -logit : logit);
    }
    return sum / channels.length;
  }

  private double exclusive(Sample sample, double temperature) {
    double[] logarithms = logarithms(sample, temperature);
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == sample.reference()) {
        return -logarithms[i + 1];
      }
    }
    return -logarithms[0];
  }

  /** Logarithms of the probabilities: of background, then of each segment. */
  private double[] logarithms(Sample sample, double temperature) {
    return switch (activation) {
      case REGIONS -> regions(sample, temperature);
      case ARGMAX -> votes(sample);
      default -> softmax(sample, temperature);
    };
  }

  private double[] softmax(Sample sample, double temperature) {
    float[] values = sample.values();
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      largest = Math.max(largest, value / temperature);
    }
    var shares = new double[values.length];
    double sum = 0;
    for (int channel = 0; channel < values.length; channel++) {
      shares[channel] = Math.exp(values[channel] / temperature - largest);
      sum += shares[channel];
    }
    var logarithms = new double[numbers.length + 1];
    logarithms[0] = Math.log(backgroundShare(shares) / sum);
    for (int i = 0; i < numbers.length; i++) {
      logarithms[i + 1] = values[channels[i]] / temperature - largest - Math.log(sum);
    }
    return logarithms;
  }

  private double backgroundShare(double[] shares) {
    var rest = shares.clone();
    for (int channel : channels) {
      rest[channel] = 0;
    }
    double sum = 0;
    for (double share : rest) {
      sum += share;
    }
    return Math.max(sum, Double.MIN_NORMAL);
  }

  private double[] regions(Sample sample, double temperature) {
    var logarithms = new double[numbers.length + 1];
    double noneAfter = 0;
    for (int i = numbers.length - 1; i >= 0; i--) {
      double logit = sample.values()[channels[i]] / temperature;
      logarithms[i + 1] = noneAfter - softPlus(-logit);
      noneAfter -= softPlus(logit);
    }
    logarithms[0] = noneAfter;
    return logarithms;
  }

  private double[] votes(Sample sample) {
    var logarithms = new double[numbers.length + 1];
    logarithms[0] = Math.log(backgroundShare(toDoubles(sample.values())));
    for (int i = 0; i < numbers.length; i++) {
      logarithms[i + 1] = Math.log(Math.max(sample.values()[channels[i]], Double.MIN_NORMAL));
    }
    return logarithms;
  }

  private double logit(float value) {
    if (activation != Activation.FRACTION) {
      return value;
    }
    // A graph's own sigmoid may answer exactly 0 or 1.
    double fraction = Math.min(1 - 1e-7, Math.max(1e-7, value));
    return Math.log(fraction / (1 - fraction));
  }

  private static double[] toDoubles(float[] values) {
    var doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** ln(1 + exp x) without overflow. */
  private static double softPlus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
