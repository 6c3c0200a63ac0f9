package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.firstpass.event.GeometryWarning;
import org.firstpass.event.SegmentScore;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.model.Range;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;

final class SegmentScoresTest {
  private static final GridSize SIZE = new GridSize(5, 4, 3);
  private static final GridGeometry GRID = SampleGrid.of(new Orientation("SPL"), SIZE);

  /** Half of the smallest difference that a byte tells. */
  private static final double QUANTUM = 0.5 / 255 + 1e-9;

  @Test
  void aSureNetworkHasNoUncertaintyAndATornOneAll() {
    assertEquals(0, scores(logit(50)).get(0).uncertainty(), QUANTUM);
    assertEquals(1, scores(logit(1e-4f)).get(0).uncertainty(), QUANTUM);
  }

  @Test
  void theRimCountsAsMuchAsTheSegment() {
    // The voxel itself is sure, its six neighbours are torn, the rest would be sure.
    float[] segment = logit(-50);
    int middle = SIZE.index(2, 1, 1);
    segment[middle] = 50;
    for (int neighbour :
        new int[] {
          SIZE.index(1, 1, 1),
          SIZE.index(3, 1, 1),
          SIZE.index(2, 0, 1),
          SIZE.index(2, 2, 1),
          SIZE.index(2, 1, 0),
          SIZE.index(2, 1, 2)
        }) {
      segment[neighbour] = 0;
    }
    assertEquals(6.0 / 7, scores(segment).get(0).uncertainty(), QUANTUM);
  }

  @Test
  void bytesGiveTheMeanOfTheExactEntropiesToLessThanAStep() {
    var size = new GridSize(23, 19, 17);
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), size);
    ModelManifest manifest = new SampleManifest().output(Activation.SOFTMAX, 2).segments(1).draft();
    var random = new Random(7);
    var channels = new float[2][size.voxels()];
    var chosen = new short[size.voxels()];
    for (int i = 0; i < size.voxels(); i++) {
      channels[1][i] = (float) (random.nextGaussian() * 3 - 2);
      chosen[i] = (short) (channels[1][i] > 0 ? 1 : 0);
    }
    double found =
        SegmentScores.of(manifest, SampleDoubt.of(manifest, grid, channels), chosen, chosen, grid)
            .get(0)
            .uncertainty();
    assertEquals(exactMean(channels[1], chosen, size), found, QUANTUM);
  }

  @Test
  void voxelsAndVolumeAreThoseOfTheSourceGrid() {
    float[] segment = logit(-50);
    segment[0] = 50;
    segment[1] = 50;
    SegmentScore score = scores(segment).get(0);
    assertEquals(2, score.voxels());
    assertEquals(2 * 0.7 * 1.1 * 2.3 / 1000, score.volumeMl(), 1e-12);
  }

  @Test
  void anAbsentSegmentIsAsUncertainAsItsLargestProbability() {
    assertEquals(0, scores(logit(50), logit(-50)).get(1).uncertainty(), 1e-6);
    float[] nearly = logit(-50);
    nearly[7] = -0.5f;
    double found = scores(logit(-50), nearly).get(1).uncertainty();
    assertTrue(found > 0.9 && found < 1, "nearly chosen: " + found);
  }

  @Test
  void ofIndependentClassesTheMostUnsureSaysHowSureTheVoxelIs() {
    ModelManifest manifest =
        new SampleManifest()
            .output(Activation.SIGMOID, 2)
            .labels(
                List.of(
                    new LabelledChannel(0, SampleManifest.segment(1), null),
                    new LabelledChannel(1, SampleManifest.segment(2), null)))
            .draft();
    float[] second = logit(-50);
    second[SIZE.index(0, 0, 0)] = -0.1f;
    Doubt doubt = SampleDoubt.of(manifest, GRID, new float[][] {logit(50), second});
    var chosen = new short[SIZE.voxels()];
    Arrays.fill(chosen, (short) 1);
    List<SegmentScore> scores = SegmentScores.of(manifest, doubt, chosen, chosen, GRID);
    assertEquals(1.0 / SIZE.voxels(), scores.get(0).uncertainty(), QUANTUM);
    assertEquals(0, scores.get(1).voxels());
    assertTrue(scores.get(1).uncertainty() > 0.99);
  }

  @Test
  void agreementIsTheMeanOverSegmentAndRimAndOnlyThereIfThereWereSeveralPasses() {
    float[] segment = logit(-50);
    segment[SIZE.index(0, 0, 0)] = 50;
    assertNull(scores(segment).get(0).agreement());
    var share = logit(1);
    share[SIZE.index(0, 0, 0)] = 0.2f;
    share[SIZE.index(1, 0, 0)] = 0.4f;
    share[SIZE.index(4, 3, 2)] = 0;
    ModelManifest manifest = manifest(null, null);
    Doubt doubt = SampleDoubt.of(manifest, GRID, new float[][] {logit(0), segment}, share, 1);
    short[] chosen = chosen(segment);
    Double agreement = SegmentScores.of(manifest, doubt, chosen, chosen, GRID).get(0).agreement();
    assertNotNull(agreement);
    // The voxel in the corner and its three neighbours.
    assertEquals((0.2 + 0.4 + 1 + 1) / 4, agreement, QUANTUM);
  }

  @Test
  void qualityIsTheLogisticFunctionOfWhatTheCalibrationWeighs() {
    var calibration = new CalibrationSpec(1, 0.9, 2, -3, -5, -0.5, 0.05, 40);
    var expected = new ExpectedShape(new Range(1.0, null), null, false);
    ModelManifest manifest = manifest(calibration, expected);
    float[] segment = logit(-50);
    segment[SIZE.index(0, 0, 0)] = 50;
    var share = logit(0.75f);
    Doubt doubt = SampleDoubt.of(manifest, GRID, new float[][] {logit(0), segment}, share, 3);
    short[] chosen = chosen(segment);
    SegmentScore score = SegmentScores.of(manifest, doubt, chosen, chosen, GRID).get(0);
    assertEquals(
        List.of(GeometryWarning.VOLUME_LOW, GeometryWarning.TOUCHES_EDGE), score.warnings());
    assertNotNull(score.quality());
    double logit = 2 - 3 * score.uncertainty() - 5 * (1 - 191 / 255.0) - 0.5 * 2;
    assertEquals(1 / (1 + Math.exp(-logit)), score.quality(), 1e-9);
    assertNull(scores(segment).get(0).quality(), "without a calibration nothing is claimed");
  }

  /** By the definition: entropies in double precision, each voxel of the segment or its rim. */
  private static double exactMean(float[] logits, short[] chosen, GridSize size) {
    double sum = 0;
    int count = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          boolean near = false;
          int[][] offsets = {
            {0, 0, 0}, {1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}
          };
          for (int[] offset : offsets) {
            int c = column + offset[0];
            int r = row + offset[1];
            int s = slice + offset[2];
            near |= size.contains(c, r, s) && chosen[size.index(c, r, s)] == 1;
          }
          if (near) {
            double p = 1 / (1 + Math.exp(-logits[size.index(column, row, slice)]));
            sum -= (p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
            count++;
          }
        }
      }
    }
    return sum / count;
  }

  private static ModelManifest manifest(CalibrationSpec calibration, ExpectedShape expected) {
    ModelManifest draft =
        new SampleManifest()
            .output(Activation.SOFTMAX, 2)
            .labels(List.of(new LabelledChannel(1, SampleManifest.segment(1), null, expected)))
            .draft();
    return new ModelManifest(
        draft.format(),
        draft.name(),
        draft.version(),
        draft.about(),
        draft.accepts(),
        draft.input(),
        draft.windows(),
        draft.output(),
        draft.labels(),
        null,
        List.of(),
        calibration,
        null,
        Map.of(),
        null);
  }

  private static short[] chosen(float[]... segments) {
    var chosen = new short[SIZE.voxels()];
    for (int i = 0; i < chosen.length; i++) {
      float best = 0;
      for (int segment = 0; segment < segments.length; segment++) {
        if (segments[segment][i] > best) {
          best = segments[segment][i];
          chosen[i] = (short) (segment + 1);
        }
      }
    }
    return chosen;
  }

  /** Scores of a network with background at 0 and as many segments as logits are given. */
  private static List<SegmentScore> scores(float[]... segments) {
    ModelManifest manifest =
        new SampleManifest()
            .output(Activation.SOFTMAX, segments.length + 1)
            .segments(segments.length)
            .draft();
    var channels = new float[segments.length + 1][];
    channels[0] = new float[SIZE.voxels()];
    System.arraycopy(segments, 0, channels, 1, segments.length);
    short[] chosen = chosen(segments);
    return SegmentScores.of(
        manifest, SampleDoubt.of(manifest, GRID, channels), chosen, chosen, GRID);
  }

  private static float[] logit(float value) {
    var values = new float[SIZE.voxels()];
    Arrays.fill(values, value);
    return values;
  }
}
