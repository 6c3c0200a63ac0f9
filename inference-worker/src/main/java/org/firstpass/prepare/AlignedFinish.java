package org.firstpass.prepare;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.GridAxis;
import org.jspecify.annotations.Nullable;

/**
 * What is done to resampled values in place: the spline's overshoot is cut off, and what is outside
 * gets its value.
 *
 * @param axes from the target to the source
 */
record AlignedFinish(AlignedAxes axes, GridSize source, GridSize target) {

  /**
   * Brings values into the range of the source, or of the slice that they are taken from.
   *
   * @param across the axis of the target whose indices are slices of the source; null for none
   */
  void clip(float[] values, ValueLines lines, @Nullable GridAxis across) {
    GridAxis along = across == null ? null : axes.reached(across);
    var range = new ValueRange(lines, along);
    int[] columns = ranges(GridAxis.COLUMN, across);
    int[] rows = ranges(GridAxis.ROW, across);
    int[] slices = ranges(GridAxis.SLICE, across);
    forEachLine(
        (line, row, slice) -> {
          for (int column = 0; column < columns.length; column++) {
            int index = columns[column] + rows[row] + slices[slice];
            values[line + column] = range.clip(values[line + column], index);
          }
        });
  }

  /** Gives a value to what lies more than half a voxel beyond the source. */
  void fillOutside(float[] values, float outside) {
    boolean[] columns = outside(GridAxis.COLUMN);
    boolean[] rows = outside(GridAxis.ROW);
    boolean[] slices = outside(GridAxis.SLICE);
    forEachLine(
        (line, row, slice) -> {
          if (rows[row] || slices[slice]) {
            Arrays.fill(values, line, line + columns.length, outside);
            return;
          }
          for (int column = 0; column < columns.length; column++) {
            if (columns[column]) {
              values[line + column] = outside;
            }
          }
        });
  }

  /** The range of each index of an axis: 0 if it is not the axis that has ranges of its own. */
  private int[] ranges(GridAxis axis, @Nullable GridAxis across) {
    var ranges = new int[axis.length(target)];
    if (axis == across) {
      GridAxis along = axes.reached(axis);
      double[] positions = axes.rising(along);
      int last = along.length(source) - 1;
      for (int index = 0; index < ranges.length; index++) {
        int nearest = (int) Math.max(0, Math.min(last, Math.floor(positions[index] + 0.5)));
        ranges[index] = axes.isTurned(along) ? last - nearest : nearest;
      }
    }
    return ranges;
  }

  private boolean[] outside(GridAxis axis) {
    double[] positions = axes.rising(axes.reached(axis));
    int count = axes.reached(axis).length(source);
    var outside = new boolean[positions.length];
    for (int index = 0; index < outside.length; index++) {
      outside[index] = GridPositions.isOutside(positions[index], count);
    }
    return outside;
  }

  private void forEachLine(LineStep step) {
    IntStream.range(0, target.slices())
        .parallel()
        .forEach(
            slice -> {
              for (int row = 0; row < target.rows(); row++) {
                step.take(target.index(0, row, slice), row, slice);
              }
            });
  }

  /** What is done to the line of a row and slice that begins at an array index. */
  private interface LineStep {
    void take(int line, int row, int slice);
  }
}
