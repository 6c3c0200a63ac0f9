package org.firstpass.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.firstpass.calibration.VoxelSamples.Sample;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;

/** Truth is drawn from what a network would say at a known temperature. */
final class TemperatureTest {
  private static final int SAMPLES = 20_000;

  @Test
  void aNetworkThatIsTooSureGetsItsTemperatureBack() {
    for (double temperature : new double[] {0.6, 1, 2.5}) {
      for (Activation activation :
          List.of(
              Activation.SOFTMAX, Activation.SIGMOID, Activation.FRACTION, Activation.REGIONS)) {
        var likelihood = new VoxelLikelihood(manifest(activation));
        List<Sample> samples = samples(activation, temperature);
        double found = Temperature.fit(likelihood, samples);
        assertEquals(temperature, found, 0.05 * temperature, activation + "");
        assertTrue(
            likelihood.negativeLogLikelihood(samples, found)
                <= likelihood.negativeLogLikelihood(samples, 1) + 1e-9);
      }
    }
  }

  @Test
  void theTemperatureMakesStatedProbabilitiesComeTrue() {
    for (Activation activation :
        List.of(Activation.SOFTMAX, Activation.SIGMOID, Activation.REGIONS)) {
      var likelihood = new VoxelLikelihood(manifest(activation));
      var before = new Reliability.Tally();
      var after = new Reliability.Tally();
      for (Sample sample : samples(activation, 2.5)) {
        likelihood.tally(sample, 1, before);
        likelihood.tally(sample, 2.5, after);
      }
      assertTrue(before.finish().expectedCalibrationError() > 0.04, activation + "");
      assertTrue(after.finish().expectedCalibrationError() < 0.01, activation + "");
    }
  }

  @Test
  void whereNothingCanBeDividedItIsOne() {
    var decided = new VoxelLikelihood(manifest(Activation.ARGMAX));
    List<Sample> votes = List.of(new Sample(new float[] {0.2f, 0.8f, 0}, 1));
    assertEquals(1, Temperature.fit(decided, votes));
    assertEquals(
        -Math.log(0.8), decided.negativeLogLikelihood(votes, 1), 1e-6, "votes are probabilities");
    var softmax = new VoxelLikelihood(manifest(Activation.SOFTMAX));
    assertEquals(1, Temperature.fit(softmax, List.of()));
  }

  @Test
  void channelsThatAreNotLabelledAreBackgroundTogether() {
    ModelManifest manifest =
        new SampleManifest()
            .output(Activation.SOFTMAX, 3)
            .labels(List.of(new LabelledChannel(2, SampleManifest.segment(7), null)))
            .draft();
    var likelihood = new VoxelLikelihood(manifest);
    var sample = new Sample(new float[] {(float) Math.log(3), (float) Math.log(2), 0}, 0);
    assertEquals(-Math.log(5.0 / 6), likelihood.negativeLogLikelihood(List.of(sample), 1), 1e-6);
    var segment = new Sample(sample.values(), 7);
    assertEquals(-Math.log(1.0 / 6), likelihood.negativeLogLikelihood(List.of(segment), 1), 1e-6);
  }

  /** Classes that stand alone are judged one by one, so one is enough. */
  private static ModelManifest manifest(Activation activation) {
    boolean one = activation == Activation.SIGMOID || activation == Activation.FRACTION;
    List<LabelledChannel> labels = new ArrayList<>();
    labels.add(new LabelledChannel(1, SampleManifest.segment(1), null));
    if (!one) {
      labels.add(new LabelledChannel(2, SampleManifest.segment(2), null));
    }
    return new SampleManifest().output(activation, 3).labels(labels).draft();
  }

  private static List<Sample> samples(Activation activation, double temperature) {
    var random = new Random(17);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      var logits = new double[3];
      for (int channel = 0; channel < 3; channel++) {
        logits[channel] = 2.5 * random.nextGaussian();
      }
      double[] shares = probabilities(activation, logits, temperature);
      double draw = random.nextDouble();
      int number = draw < shares[1] ? 1 : draw < shares[1] + shares[2] ? 2 : 0;
      var values = new float[3];
      for (int channel = 0; channel < 3; channel++) {
        boolean fraction = activation == Activation.FRACTION;
        values[channel] = (float) (fraction ? sigmoid(logits[channel]) : logits[channel]);
      }
      samples.add(new Sample(values, number));
    }
    return samples;
  }

  /** Of background, segment 1, segment 2. */
  private static double[] probabilities(
      Activation activation, double[] logits, double temperature) {
    double one = sigmoid(logits[1] / temperature);
    double two = sigmoid(logits[2] / temperature);
    if (activation == Activation.REGIONS) {
      return new double[] {(1 - one) * (1 - two), one * (1 - two), two};
    }
    if (activation == Activation.SOFTMAX) {
      double sum = 0;
      var shares = new double[3];
      for (int channel = 0; channel < 3; channel++) {
        shares[channel] = Math.exp(logits[channel] / temperature);
        sum += shares[channel];
      }
      return new double[] {shares[0] / sum, shares[1] / sum, shares[2] / sum};
    }
    return new double[] {1 - one, one, 0};
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
