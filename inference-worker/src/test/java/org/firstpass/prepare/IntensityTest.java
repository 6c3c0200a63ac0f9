package org.firstpass.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
