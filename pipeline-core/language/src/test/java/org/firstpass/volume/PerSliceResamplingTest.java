package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;

/**
 * Expected numbers: scikit-image 0.26 {@code resize(mode='edge', anti_aliasing=False)} of each
 * slice and scipy 1.17 {@code map_coordinates(order=0, mode='nearest')} across, as nnU-Net calls
 * them, on the same values in double precision, four digits.
 */
final class PerSliceResamplingTest {
  private static final GridSize FROM = new GridSize(3, 2, 4);

  @Test
  void ofTwoSlicesThatAreEquallyNearTheSecondIsTaken() {
    float[] expected = {
      9, 6.9227f, 3.2319f, 0.8928f, 8.6845f, 6.3454f, 2.6546f, 0.3155f, 8.1072f, 5.7681f, 2.0773f,
      0, 5.4475f, 1.7369f, 3.121f, 8, 4.8701f, 1.1596f, 2.5437f, 8, 4.2928f, 0.5823f, 1.9664f,
      7.4312f
    };
    assertResized(expected, new GridSize(4, 3, 2), GridAxis.SLICE, Interpolation.CUBIC);
  }

  @Test
  void slicesAcrossTheRowsKeepTheirOwnRange() {
    float[] expected = {
      1.3447f, 4.4764f, 1.3447f, 4.4764f, 9.4283f, 2.8556f, 9.4283f, 2.8556f, 9.4283f, 2.8556f,
      6.7806f, 1.6013f, 6.7806f, 1.6013f, 8.1036f, 0.4426f, 8.1036f, 0.4426f, 8.1036f, 0.4426f,
      7.9237f, 4.9028f, 7.9237f, 4.9028f, 6.0569f, 3.962f, 6.0569f, 3.962f, 6.0569f, 3.962f, 4.77f,
      8.4979f, 4.77f, 8.4979f, 4.0101f, 7.4815f, 4.0101f, 7.4815f, 4.0101f, 7.4815f, 3.7181f,
      6.0663f, 3.7181f, 6.0663f, 2.6854f, 5.0685f, 2.6854f, 5.0685f, 2.6854f, 5.0685f
    };
    assertResized(expected, new GridSize(2, 5, 5), GridAxis.ROW, Interpolation.CUBIC);
  }

  @Test
  void slicesAcrossTheColumnsKeepTheirOwnRange() {
    float[] expected = {
      4.2992f, 4.2992f, 6.2244f, 6.2244f, 1.1191f, 1.1191f, 6.8971f, 6.8971f, 5.6471f, 5.6471f,
      0.5418f, 0.5418f, 9.495f, 9.495f, 5.0698f, 5.0698f, 0, 0, 5.6111f, 5.6111f, 1.9302f, 1.9302f,
      10, 10, 5.2048f, 5.2048f, 1.3529f, 1.3529f, 9.4582f, 9.4582f, 4.7985f, 4.7985f, 0.7756f,
      0.7756f, 8.8809f, 8.8809f
    };
    assertResized(expected, new GridSize(6, 3, 2), GridAxis.COLUMN, Interpolation.CUBIC);
  }

  @Test
  void logitsGoBackLinearlyWithinASlice() {
    float[] expected = {
      9, 6.5f, 3.5f, 1, 8.5f, 6, 3, 0.5f, 8, 5.5f, 2.5f, 0, 5, 2.5f, 3.625f, 8, 4.5f, 2, 3.125f,
      7.5f, 4, 1.5f, 2.625f, 7
    };
    assertResized(expected, new GridSize(4, 3, 2), GridAxis.SLICE, Interpolation.LINEAR);
  }

  @Test
  void theSameSizeIsTheSameArray() {
    float[] values = values();
    assertSame(
        values, Resampling.perSlice(values, FROM, FROM, GridAxis.SLICE, Interpolation.CUBIC));
  }

  @Test
  void valuesOfAnotherGridAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampling.perSlice(new float[5], FROM, FROM, GridAxis.SLICE, Interpolation.LINEAR));
  }

  private static void assertResized(
      float[] expected, GridSize to, GridAxis across, Interpolation inPlane) {
    assertArrayEquals(
        expected, Resampling.perSlice(values(), FROM, to, across, inPlane), 1e-4f, across.name());
  }

  /** In memory order: 0, 7, 3, 10, 6, 2, ... */
  private static float[] values() {
    var values = new float[FROM.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 7 % 11;
    }
    return values;
  }
}
