package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;

final class CubicSplineTest {
  private static final GridSize SIZE = new GridSize(11, 9, 7);
  private static final float[] VALUES = values();

  @Test
  void itGoesThroughAllValues() {
    CubicSpline spline = CubicSpline.through(VALUES, SIZE);
    for (int slice = 0; slice < SIZE.slices(); slice++) {
      for (int row = 0; row < SIZE.rows(); row++) {
        for (int column = 0; column < SIZE.columns(); column++) {
          float expected = VALUES[SIZE.index(column, row, slice)];
          assertEquals(expected, spline.at(column, row, slice), 2e-4);
        }
      }
    }
  }

  @Test
  void betweenValuesItIsWhatResizingAlongEachAxisGives() {
    double[] columns = {-0.4, 0.3, 5.5, 10.45};
    double[] rows = {0.1, 3.9, 8.2};
    double[] slices = {-0.2, 2.75, 6.4};
    float[] along = Resampling.along(GridAxis.COLUMN, VALUES, SIZE, Interpolation.CUBIC, columns);
    var size = new GridSize(4, 9, 7);
    along = Resampling.along(GridAxis.ROW, along, size, Interpolation.CUBIC, rows);
    size = new GridSize(4, 3, 7);
    along = Resampling.along(GridAxis.SLICE, along, size, Interpolation.CUBIC, slices);
    CubicSpline spline = CubicSpline.through(VALUES, SIZE);
    int at = 0;
    for (double slice : slices) {
      for (double row : rows) {
        for (double column : columns) {
          assertEquals(along[at++], spline.at(column, row, slice), 5e-4);
        }
      }
    }
  }

  @Test
  void farOutsideItIsTheValueOfTheBorder() {
    CubicSpline spline = CubicSpline.through(VALUES, SIZE);
    assertEquals(VALUES[SIZE.index(0, 4, 3)], spline.at(-50, 4, 3), 2e-4);
    assertEquals(VALUES[SIZE.index(10, 4, 6)], spline.at(11, 4, 99), 2e-4);
  }

  @Test
  void positionsAlongAnAxisMayHaveAnyOrderAndLieOutside() {
    double[] positions = {2.5, 0, -7, 99};
    float[] line = {0, 10, 20, 40};
    var size = new GridSize(4, 1, 1);
    assertArrayEquals(
        new float[] {30, 0, 0, 40},
        Resampling.along(GridAxis.COLUMN, line, size, Interpolation.LINEAR, positions));
    assertArrayEquals(
        new float[] {40, 0, 0, 40},
        Resampling.along(GridAxis.COLUMN, line, size, Interpolation.NEAREST, positions));
    float[] cubic = Resampling.along(GridAxis.COLUMN, line, size, Interpolation.CUBIC, positions);
    assertArrayEquals(new float[] {0, 0, 40}, new float[] {cubic[1], cubic[2], cubic[3]}, 1e-4f);
  }

  @Test
  void anArrayOfAnotherLengthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> CubicSpline.through(new float[3], SIZE));
  }

  private static float[] values() {
    var random = new Random(5);
    var values = new float[SIZE.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 100 * random.nextFloat() - 50;
    }
    return values;
  }
}
