package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;

/** Expected numbers: torch.nn.functional.interpolate and scipy.ndimage.affine_transform. */
final class ResamplingTest {
  private static final GridSize FOUR = new GridSize(4, 1, 1);
  private static final GridSize SIX = new GridSize(6, 1, 1);
  private static final float[] VALUES = {0, 3, 6, 12};

  @Test
  void halfVoxelsKeepTheOuterEdges() {
    assertArrayEquals(
        new float[] {0, 1.5f, 3.5f, 5.5f, 9, 12},
        Resampling.linear(VALUES, FOUR, SIX, ResamplingRule.HALF_VOXEL),
        1e-5f);
  }

  @Test
  void cornersKeepTheOuterCentres() {
    assertArrayEquals(
        new float[] {0, 1.8f, 3.6f, 5.4f, 8.4f, 12},
        Resampling.linear(VALUES, FOUR, SIX, ResamplingRule.CORNERS),
        1e-5f);
  }

  @Test
  void theFirstVoxelStaysAndTheBorderIsRepeated() {
    assertArrayEquals(
        new float[] {0, 2, 4, 6, 10, 12},
        Resampling.linear(VALUES, FOUR, SIX, ResamplingRule.FIRST_VOXEL),
        1e-5f);
  }

  @Test
  void eachAxisIsResizedOnItsOwn() {
    var from = new GridSize(2, 3, 5);
    var to = new GridSize(4, 2, 9);
    var values = new float[from.voxels()];
    for (int slice = 0; slice < 5; slice++) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 2; column++) {
          values[from.index(column, row, slice)] = 100 * slice + 10 * row + column;
        }
      }
    }
    float[] resized = Resampling.linear(values, from, to, ResamplingRule.CORNERS);
    for (int slice = 0; slice < 9; slice++) {
      for (int row = 0; row < 2; row++) {
        for (int column = 0; column < 4; column++) {
          double expected = 100 * slice * 4.0 / 8 + 10 * row * 2.0 + column / 3.0;
          assertEquals(expected, resized[to.index(column, row, slice)], 1e-3);
        }
      }
    }
  }

  @Test
  void labelsAreTakenWholeFromTheNearestVoxel() {
    short[] labels = {1, (short) 40_000, 3};
    assertArrayEquals(
        new short[] {1, 1, (short) 40_000, (short) 40_000, 3, 3},
        Resampling.nearest(labels, new GridSize(3, 1, 1), SIX, ResamplingRule.HALF_VOXEL));
  }

  @Test
  void aSingleVoxelFillsAnySize() {
    var one = new GridSize(1, 1, 1);
    for (ResamplingRule rule : ResamplingRule.values()) {
      assertArrayEquals(
          new float[] {5, 5, 5, 5, 5, 5},
          Resampling.linear(new float[] {5}, one, SIX, rule),
          rule.name());
    }
  }

  @Test
  void valuesOfAnotherGridAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampling.linear(new float[5], FOUR, SIX, ResamplingRule.CORNERS));
  }
}
