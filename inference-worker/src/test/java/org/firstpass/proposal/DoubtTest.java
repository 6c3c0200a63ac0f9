package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkSlab;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;

final class DoubtTest {
  private static final GridSize SIZE = new GridSize(37, 31, 29);
  private static final GridGeometry GRID = SampleGrid.of(new Orientation("SPL"), SIZE);
  private static final int CHANNELS = 5;

  /** Half a byte's step, and what is left out because it is negligible. */
  private static final double QUANTUM = 0.5 / Doubt.FULL + 1e-4;

  @Test
  void aByteIsTheExactEntropyToHalfAStepForEveryActivation() {
    for (Activation activation :
        List.of(
            Activation.SOFTMAX,
            Activation.SIGMOID,
            Activation.REGIONS,
            Activation.FRACTION,
            Activation.ARGMAX)) {
      float[][] values = values(activation, 3);
      Doubt doubt = SampleDoubt.of(manifest(activation), GRID, values);
      for (int voxel = 0; voxel < SIZE.voxels(); voxel++) {
        assertEquals(
            exact(activation, values, voxel, 1),
            doubt.entropyAt(voxel) / (double) Doubt.FULL,
            QUANTUM,
            activation + " at " + voxel);
      }
    }
  }

  @Test
  void theTemperatureDividesLogitsAndLogitsOfFractionsToo() {
    double temperature = 2.5;
    for (Activation activation :
        List.of(Activation.SOFTMAX, Activation.SIGMOID, Activation.FRACTION)) {
      float[][] values = values(activation, 4);
      var doubt = new Doubt(manifest(activation), GRID, temperature);
      doubt.accept(new NetworkSlab(0, SIZE.slices(), values, null));
      for (int voxel = 0; voxel < SIZE.voxels(); voxel += 7) {
        assertEquals(
            exact(activation, values, voxel, temperature),
            doubt.entropyAt(voxel) / (double) Doubt.FULL,
            QUANTUM,
            activation + " at " + voxel);
      }
    }
  }

  @Test
  void aGraphThatDecidedIsNotCalibrated() {
    float[][] values = values(Activation.ARGMAX, 5);
    var doubt = new Doubt(manifest(Activation.ARGMAX), GRID, 3);
    doubt.accept(new NetworkSlab(0, SIZE.slices(), values, null));
    assertEquals(exact(Activation.ARGMAX, values, 11, 1), doubt.entropyAt(11) / 255.0, QUANTUM);
  }

  @Test
  void slabsOfAnyThicknessGiveTheSameBytes() {
    float[][] values = values(Activation.SOFTMAX, 6);
    var agreement = new float[SIZE.voxels()];
    var random = new Random(8);
    for (int i = 0; i < agreement.length; i++) {
      agreement[i] = random.nextInt(9) / 8f;
    }
    ModelManifest manifest = manifest(Activation.SOFTMAX);
    Doubt whole = SampleDoubt.of(manifest, GRID, values, agreement, SIZE.slices());
    for (int slices : new int[] {1, 4, 28}) {
      Doubt parts = SampleDoubt.of(manifest, GRID, values, agreement, slices);
      for (int voxel = 0; voxel < SIZE.voxels(); voxel++) {
        assertEquals(whole.entropyAt(voxel), parts.entropyAt(voxel));
        assertEquals(Math.round(agreement[voxel] * 255), parts.agreementAt(voxel));
      }
      for (int channel = 1; channel < CHANNELS; channel++) {
        assertEquals(whole.ofAbsence(channel), parts.ofAbsence(channel));
      }
    }
  }

  @Test
  void absenceIsJudgedByTheLargestProbabilityAnywhere() {
    float[][] values = values(Activation.SOFTMAX, 9);
    for (float[] channel : values) {
      Arrays.fill(channel, 0, channel.length, 0);
    }
    Arrays.fill(values[0], 12);
    values[2][SIZE.index(36, 30, 28)] = 11;
    values[3][5] = 20;
    Doubt doubt = SampleDoubt.of(manifest(Activation.SOFTMAX), GRID, values);
    double largest = Math.exp(-1) / (1 + Math.exp(-1) + 3 * Math.exp(-12));
    assertEquals(Likelihoods.binaryEntropy(largest), doubt.ofAbsence(2), 1e-6);
    assertEquals(1, doubt.ofAbsence(3), 1e-9, "from a half on it may as well be there");
    double rare = Math.exp(-12) / (1 + 4 * Math.exp(-12));
    assertEquals(Likelihoods.binaryEntropy(rare), doubt.ofAbsence(1), 1e-6);
  }

  @Test
  void onePassTellsNoAgreement() {
    float[][] values = values(Activation.SOFTMAX, 2);
    assertFalse(SampleDoubt.of(manifest(Activation.SOFTMAX), GRID, values).tellsAgreement());
    var share = new float[SIZE.voxels()];
    Arrays.fill(share, 0.75f);
    Doubt several =
        SampleDoubt.of(manifest(Activation.SOFTMAX), GRID, values, share, SIZE.slices());
    assertTrue(several.tellsAgreement());
    assertEquals(191, several.agreementAt(17));
  }

  @Test
  void slicesThatAreLeftOutComeTwiceOrAreTooManyAreRefused() {
    float[][] values = values(Activation.SOFTMAX, 2);
    var doubt = new Doubt(manifest(Activation.SOFTMAX), GRID);
    assertThrows(
        IllegalArgumentException.class, () -> doubt.accept(new NetworkSlab(1, 2, values, null)));
    doubt.accept(new NetworkSlab(0, 2, values, null));
    assertThrows(
        IllegalArgumentException.class, () -> doubt.accept(new NetworkSlab(0, 2, values, null)));
    assertThrows(
        IllegalArgumentException.class,
        () -> doubt.accept(new NetworkSlab(2, SIZE.slices(), values, null)));
    float[] share = new float[SIZE.voxels()];
    assertThrows(
        IllegalArgumentException.class, () -> doubt.accept(new NetworkSlab(2, 2, values, share)));
    assertThrows(IllegalStateException.class, doubt::requireWhole);
  }

  private static ModelManifest manifest(Activation activation) {
    List<LabelledChannel> labels = new ArrayList<>();
    for (int channel = 1; channel < CHANNELS; channel++) {
      labels.add(new LabelledChannel(channel, SampleManifest.segment(channel), null));
    }
    return new SampleManifest().output(activation, CHANNELS).labels(labels).draft();
  }

  /** From sure to torn; fractions and votes where the graph answers those. */
  private static float[][] values(Activation activation, int seed) {
    var random = new Random(seed);
    var values = new float[CHANNELS][SIZE.voxels()];
    for (int voxel = 0; voxel < SIZE.voxels(); voxel++) {
      double scale = Math.pow(10, random.nextInt(4) - 1);
      double sum = 0;
      for (float[] channel : values) {
        double logit = random.nextGaussian() * scale;
        boolean fraction = activation == Activation.FRACTION;
        channel[voxel] = (float) (fraction ? 1 / (1 + Math.exp(-logit)) : logit);
        if (activation == Activation.ARGMAX) {
          channel[voxel] = random.nextInt(3);
          sum += channel[voxel];
        }
      }
      for (float[] channel : values) {
        if (activation == Activation.ARGMAX) {
          channel[voxel] = sum == 0 ? 1f / CHANNELS : (float) (channel[voxel] / sum);
        }
      }
    }
    return values;
  }

  /** As the definition says, in double precision. */
  private static double exact(
      Activation activation, float[][] values, int voxel, double temperature) {
    var found = new double[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      found[channel] = values[channel][voxel];
    }
    if (activation.standsAlone()) {
      double largest = 0;
      for (int channel = 1; channel < CHANNELS; channel++) {
        double logit =
            activation == Activation.FRACTION
                ? Math.log(found[channel] / (1 - found[channel]))
                : found[channel];
        double probability = 1 / (1 + Math.exp(-logit / temperature));
        double other = 1 - probability;
        double entropy =
            probability > 0 && other > 0
                ? -(probability * Math.log(probability) + other * Math.log(other)) / Math.log(2)
                : 0;
        largest = Math.max(largest, entropy);
      }
      return largest;
    }
    double sum = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      if (activation == Activation.SOFTMAX) {
        found[channel] = Math.exp(found[channel] / temperature);
      }
      sum += found[channel];
    }
    double entropy = 0;
    for (double value : found) {
      entropy -= value > 0 ? value / sum * Math.log(value / sum) : 0;
    }
    return entropy / Math.log(CHANNELS);
  }
}
