package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;

/**
 * Expected numbers: scikit-image 0.26 {@code resize(order=3, mode='edge', anti_aliasing=False)} and
 * scipy 1.17 {@code affine_transform(order=3, mode='nearest')} on the same values in double
 * precision, four digits.
 */
final class CubicResamplingTest {
  private static final float[] RAMP = {0, 3, 6, 12};
  private static final float[] EDGES = {0, 0, 9, 0, 0, 0, 9, 9};

  @Test
  void halfVoxelsGiveTheNumbersOfScikitImageAndNothingBeyondTheRange() {
    assertArrayEquals(
        new float[] {0, 1.3601f, 3.4242f, 5.2408f, 9.2207f, 12},
        Resampling.cubic(RAMP, row(4), row(6), ResamplingRule.HALF_VOXEL),
        1e-4f);
    assertArrayEquals(
        new float[] {0, 8.8223f, 0, 0.6195f, 9},
        Resampling.cubic(EDGES, row(8), row(5), ResamplingRule.HALF_VOXEL),
        1e-4f);
  }

  @Test
  void theFirstVoxelStaysWithTheNumbersOfScipyAndItsOvershoot() {
    assertArrayEquals(
        new float[] {0, 1.9331f, 3.8054f, 6, 10.3211f, 12.5764f},
        Resampling.cubic(RAMP, row(4), row(6), ResamplingRule.FIRST_VOXEL),
        1e-4f);
    assertArrayEquals(
        new float[] {0, 6.5452f, -0.8867f, -0.6507f, 9.992f},
        Resampling.cubic(EDGES, row(8), row(5), ResamplingRule.FIRST_VOXEL),
        1e-4f);
    assertArrayEquals(
        new float[] {
          0, -1.2203f, 3.4176f, 9, 3.3363f, -1.0415f, 0, -0.738f, 2.6687f, 9, 9.665f, 8.7369f
        },
        Resampling.cubic(EDGES, row(8), row(12), ResamplingRule.FIRST_VOXEL),
        1e-4f);
  }

  @Test
  void theSplineGoesThroughEveryVoxel() {
    var from = new GridSize(7, 4, 5);
    var to = new GridSize(14, 12, 20);
    float[] values = random(from, 1);
    float[] resized = Resampling.cubic(values, from, to, ResamplingRule.FIRST_VOXEL);
    for (int slice = 0; slice < 5; slice++) {
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 7; column++) {
          assertEquals(
              values[from.index(column, row, slice)],
              resized[to.index(2 * column, 3 * row, 4 * slice)],
              1e-3);
        }
      }
    }
  }

  @Test
  void neighboursHaveNoPartInALineHoweverTheWorkIsDivided() {
    var from = new GridSize(300, 9, 141);
    float[] values = random(from, 2);
    for (GridAxis axis : GridAxis.values()) {
      GridSize to = axis.resized(from, 13);
      float[] whole = Resampling.cubic(values, from, to, ResamplingRule.CORNERS);
      for (int[] at : new int[][] {{0, 0, 0}, {127, 8, 63}, {128, 4, 64}, {299, 8, 140}}) {
        float[] alone =
            Resampling.cubic(
                line(values, from, axis, at),
                row(axis.length(from)),
                row(13),
                ResamplingRule.CORNERS);
        assertArrayEquals(alone, line(whole, to, axis, at), axis + " at " + at[0]);
      }
    }
  }

  @Test
  void constantValuesStayWhateverTheSizes() {
    for (ResamplingRule rule : ResamplingRule.values()) {
      for (int from = 1; from < 5; from++) {
        for (int to = 1; to < 9; to++) {
          var values = new float[from];
          Arrays.fill(values, -1024);
          for (float value : Resampling.cubic(values, row(from), row(to), rule)) {
            assertEquals(-1024, value, 1e-3, from + " to " + to + " by " + rule);
          }
        }
      }
    }
  }

  @Test
  void oneValueThatIsNoNumberDoesNotTakeTheRangeAway() {
    float[] values = new float[60];
    values[0] = Float.NaN;
    values[59] = 7;
    float[] resized =
        Resampling.cubic(
            values, new GridSize(1, 2, 30), new GridSize(1, 2, 45), ResamplingRule.HALF_VOXEL);
    for (int row = 1; row < 90; row += 2) {
      assertTrue(resized[row] >= 0 && resized[row] <= 7, "found " + resized[row]);
    }
  }

  @Test
  void theSameSizeIsTheSameArray() {
    assertSame(RAMP, Resampling.cubic(RAMP, row(4), row(4), ResamplingRule.HALF_VOXEL));
  }

  @Test
  void valuesOfAnotherGridAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampling.cubic(RAMP, row(5), row(6), ResamplingRule.HALF_VOXEL));
  }

  private static float[] line(float[] values, GridSize size, GridAxis axis, int[] at) {
    var line = new float[axis.length(size)];
    for (int i = 0; i < line.length; i++) {
      int column = axis == GridAxis.COLUMN ? i : at[0];
      int row = axis == GridAxis.ROW ? i : at[1];
      int slice = axis == GridAxis.SLICE ? i : at[2];
      line[i] = values[size.index(column, row, slice)];
    }
    return line;
  }

  private static float[] random(GridSize size, long seed) {
    var random = new Random(seed);
    var values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 400 * (float) random.nextGaussian();
    }
    return values;
  }

  private static GridSize row(int columns) {
    return new GridSize(columns, 1, 1);
  }
}
