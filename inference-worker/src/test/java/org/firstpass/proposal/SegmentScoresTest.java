package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.firstpass.event.SegmentScore;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkOutput;
import org.firstpass.prepare.SegmentChoice;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;

final class SegmentScoresTest {
  private static final GridSize SIZE = new GridSize(5, 4, 3);
  private static final GridGeometry GRID = SampleGrid.of(new Orientation("SPL"), SIZE);

  @Test
  void aSureNetworkHasNoUncertaintyAndATornOneAll() {
    assertEquals(0, scores(logit(50)).get(0).uncertainty(), 1e-9);
    assertEquals(1, scores(logit(1e-4f)).get(0).uncertainty(), 1e-6);
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
    assertEquals(6.0 / 7, scores(segment).get(0).uncertainty(), 1e-6);
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
  void independentClassesHaveTheirOwnEntropy() {
    ModelManifest manifest =
        new SampleManifest()
            .output(Activation.SIGMOID, 2)
            .labels(
                List.of(
                    new LabelledChannel(0, SampleManifest.segment(1), null),
                    new LabelledChannel(1, SampleManifest.segment(2), null)))
            .draft();
    var output =
        new NetworkOutput(GRID, Activation.SIGMOID, new float[][] {logit(50), logit(-0.1f)});
    short[] chosen = SegmentChoice.of(manifest).onGridOf(output);
    List<SegmentScore> scores =
        SegmentScores.of(manifest.labels(), output, chosen, new LabelMap(GRID, chosen));
    assertEquals(0, scores.get(0).uncertainty(), 1e-9);
    assertEquals(0, scores.get(1).voxels());
    assertTrue(scores.get(1).uncertainty() > 0.99);
  }

  @Test
  void cleaningUpKeepsTheLargestPieceAndDropsCrumbs() {
    var size = new GridSize(6, 1, 1);
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), size);
    short[] labels = {1, 0, 1, 1, 0, 1};
    SegmentCleanUp.apply(spec(new CleanUp(true, 0)), labels, grid);
    assertArrayEquals(new short[] {0, 0, 1, 1, 0, 0}, labels);
    short[] crumbs = {1, 0, 1, 1, 0, 1};
    double twoVoxels = 2 * grid.voxelVolumeMm3() / 1000;
    SegmentCleanUp.apply(spec(new CleanUp(false, twoVoxels)), crumbs, grid);
    assertArrayEquals(new short[] {0, 0, 1, 1, 0, 0}, crumbs);
    SegmentCleanUp.apply(spec(new CleanUp(true, twoVoxels * 2)), crumbs, grid);
    assertArrayEquals(new short[6], crumbs);
  }

  private static LabelSpec spec(CleanUp cleanUp) {
    return new LabelSpec(
        "labels", 1, List.of(new LabelledChannel(1, SampleManifest.segment(1), cleanUp)));
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
    var output = new NetworkOutput(GRID, Activation.SOFTMAX, channels);
    short[] chosen = SegmentChoice.of(manifest).onGridOf(output);
    return SegmentScores.of(manifest.labels(), output, chosen, new LabelMap(GRID, chosen));
  }

  private static float[] logit(float value) {
    var values = new float[SIZE.voxels()];
    Arrays.fill(values, value);
    return values;
  }
}
