package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.CropSpec;
import org.firstpass.model.IntensitySpec;
import org.firstpass.sample.SampleGrid;
import org.firstpass.volume.VoxelBox;
import org.junit.jupiter.api.Test;

final class IntensityTest {
  @Test
  void rawValuesStayAsTheyAre() {
    assertArrayEquals(new float[] {-1000, 7}, applied(new IntensitySpec.Raw(), -1000, 7));
  }

  @Test
  void aWindowClipsAndScales() {
    assertArrayEquals(
        new float[] {0, 0, 0.5f, 1, 1},
        applied(new IntensitySpec.Window(-100, 200), -500, -100, 50, 200, 3000));
  }

  @Test
  void minimumAndMaximumAreTheOutermostPercentiles() {
    assertArrayEquals(
        new float[] {0, 0.25f, 1}, applied(new IntensitySpec.Percentiles(0, 100, true), 2, 4, 10));
  }

  @Test
  void percentilesInterpolateBetweenRanksAsNumPyDoes() {
    // numpy.percentile([0, 1, 2, 3, 10], [10, 90]) is [0.4, 7.2]
    float[] clipped = applied(new IntensitySpec.Percentiles(10, 90, true), 10, 0, 2, 3, 1);
    assertArrayEquals(new float[] {1, 0, 1.6f / 6.8f, 2.6f / 6.8f, 0.6f / 6.8f}, clipped, 1e-6f);
    float[] open = applied(new IntensitySpec.Percentiles(10, 90, false), 10, 0, 2, 3, 1);
    assertEquals(9.6f / 6.8f, open[0], 1e-6f);
  }

  @Test
  void aVolumeOfOneValueBecomesZeroAndNotNotANumber() {
    assertArrayEquals(
        new float[] {0, 0}, applied(new IntensitySpec.Percentiles(0, 100, false), 5, 5));
    assertArrayEquals(
        new float[] {0, 0}, applied(new IntensitySpec.ZScore(null, null, null, null), 5, 5));
  }

  @Test
  void zScoresAreOfTheVolumeOrOfTheDataSet() {
    float[] own = applied(new IntensitySpec.ZScore(null, null, null, null), 1, 3);
    assertArrayEquals(new float[] {-1, 1}, own, 1e-6f);
    float[] given = applied(new IntensitySpec.ZScore(10.0, 4.0, 0.0, 20.0), -50, 12, 99);
    assertArrayEquals(new float[] {-2.5f, 0.5f, 2.5f}, given, 1e-6f);
  }

  @Test
  void aWindowMayHaveAnyTargetAndLeaveWhatLiesBeyond() {
    var clipped = new IntensitySpec.Window(0, 100, List.of(-1.0, 1.0), null);
    assertArrayEquals(new float[] {-1, -1, 0, 1}, applied(clipped, -50, 0, 50, 150));
    var open = new IntensitySpec.Window(0, 100, List.of(-1.0, 1.0), false);
    assertArrayEquals(new float[] {-2, -1, 0, 2}, applied(open, -50, 0, 50, 150));
  }

  @Test
  void percentilesMayCountOnlyWhatIsNotZeroAndHaveAnyTarget() {
    // numpy.percentile([2, 4, 6, 8, 20], [25, 75]) is [4, 8]; the zeros stay.
    var spec = new IntensitySpec.Percentiles(25, 75, false, List.of(10.0, 30.0), true);
    assertArrayEquals(new float[] {0, 0, 10, 20, 30, 90}, applied(spec, 0, 2, 4, 6, 8, 20), 1e-5f);
  }

  @Test
  void zScoresOfWhatIsNotZeroLeaveTheRestAtZero() {
    var spec = new IntensitySpec.ZScore(null, null, null, null, true);
    assertArrayEquals(new float[] {0, -1, 0, 1, 0}, applied(spec, 0, 3, 0, 7, 0), 1e-6f);
    assertArrayEquals(new float[] {0, 0}, applied(spec, 0, 0));
  }

  @Test
  void statisticsAreTakenAfterClipping() {
    // numpy.clip([-90, 2, 4, 90], 0, 6): mean 3, deviation sqrt(5).
    float root = (float) Math.sqrt(5);
    assertArrayEquals(
        new float[] {-3 / root, -1 / root, 1 / root, 3 / root},
        applied(new IntensitySpec.ZScore(null, null, 0.0, 6.0), -90, 2, 4, 90),
        1e-6f);
  }

  @Test
  void aMaskTellsWhereARuleCountsWhateverTheValue() {
    float[] values = {0, 2, 4, 100};
    short[] mask = {1, 1, 1, 0};
    var lines = ValueLines.of(values, new GridSize(4, 1, 1));
    var spec = new IntensitySpec.ZScore(null, null, null, null, true);
    Intensity intensity = Intensity.of(spec, lines, mask);
    var made = new float[4];
    new NormalisedLines(lines, intensity, mask).read(0, made);
    float step = (float) Math.sqrt(1.5);
    assertArrayEquals(new float[] {-step, 0, step, 100}, made, 1e-6f);
  }

  @Test
  void ranksAreThoseOfTheSortedValues() {
    var random = new Random(17);
    var size = new GridSize(31, 17, 9);
    var values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3));
    }
    values[5] = -0.0f;
    values[6] = 0;
    var ranks = new Ranks(new CountedValues(ValueLines.of(values, size), false, null));
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    for (double percent : new double[] {0, 0.5, 10, 33.3, 50, 99.5, 100}) {
      double rank = (sorted.length - 1) * percent / 100;
      int low = (int) rank;
      int high = Math.min(low + 1, sorted.length - 1);
      double expected = sorted[low] + (rank - low) * ((double) sorted[high] - sorted[low]);
      assertEquals(expected, ranks.percentile(percent), 1e-12 + 1e-9 * Math.abs(expected));
    }
  }

  @Test
  void aCropKeepsWhatExceedsAValueAndItsMargin() {
    var size = new GridSize(6, 5, 4);
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), size);
    var values = new float[size.voxels()];
    values[size.index(2, 3, 1)] = 9;
    values[size.index(3, 3, 2)] = 8;
    VoxelBox box = Cropping.box(values, grid, new CropSpec.Above(7, 0.7));
    // A margin of 0.7 mm is one column (0.7 mm), one row (1.1 mm) and one slice (2.3 mm).
    assertEquals(new VoxelBox(1, 2, 0, 4, 4, 3), box);
    float[] cut = Cropping.cut(values, size, box);
    assertEquals(9, cut[box.size().index(1, 1, 1)]);
    assertEquals(8, cut[box.size().index(2, 1, 2)]);
    assertEquals(grid.toPatient(1, 2, 0), NetworkGrids.part(grid, box).position());
    VoxelBox none = Cropping.box(values, grid, new CropSpec.Above(100, 0));
    assertEquals(size, none.size());
  }

  private static float[] applied(IntensitySpec spec, float... values) {
    ValueLines lines = ValueLines.of(values, new GridSize(values.length, 1, 1));
    Intensity.of(spec, lines, null).apply(values);
    return values;
  }
}
