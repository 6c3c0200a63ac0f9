package org.firstpass.prepare;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.GridAxis;
import org.firstpass.volume.Interpolation;
import org.firstpass.volume.Resampling;

/**
 * Resampling between grids whose axes are parallel, axis by axis.
 *
 * <p>Planes of the source stream through memory in the order of the target's slices: some are read,
 * turned and resized, then slices of the target are made of them, and only those that the next
 * slices need are kept. So beside the result there is room for some planes only, whatever the
 * length of the series.
 */
final class AlignedResampling {
  /** Values of target slices that are made at once. */
  private static final int AT_ONCE = 1 << 22;

  /** Planes about a slice that count for its spline: the spline's pole to this power is 1e-10. */
  private static final int REACH = 18;

  private final int atOnce;
  private final TurnedPlanes planes;
  private final AlignedAxes axes;
  private final GridSize target;
  private final GridResampling how;
  private final float[] result;
  private final double[] slicePositions;
  private final Interpolation alongSlices;

  /** The resized planes that are in memory, and the first of them. */
  private float[] window = new float[0];

  private int windowStart;

  /**
   * @param axes from the target to the grid of the lines
   */
  AlignedResampling(ValueLines lines, AlignedAxes axes, GridSize target, GridResampling how) {
    this(lines, axes, target, how, AT_ONCE);
  }

  /** With another number of values that are made at once, which nothing but memory hangs on. */
  AlignedResampling(
      ValueLines lines, AlignedAxes axes, GridSize target, GridResampling how, int atOnce) {
    this.atOnce = atOnce;
    this.planes = new TurnedPlanes(lines, axes);
    this.axes = axes;
    this.target = target;
    this.how = how;
    this.result = new float[target.voxels()];
    this.slicePositions = positions(GridAxis.SLICE);
    this.alongSlices = interpolation(GridAxis.SLICE);
  }

  /** The values on the target, order slice, row, column; once. */
  float[] run() {
    int perSlice = Math.max(target.voxelsPerSlice(), planes.size().voxelsPerSlice());
    int slices = Math.max(1, atOnce / perSlice);
    for (int first = 0; first < target.slices(); first += slices) {
      int count = Math.min(slices, target.slices() - first);
      if (isUnchanged(GridAxis.SLICE)) {
        copy(first, count);
      } else {
        interpolate(first, count);
      }
    }
    return result;
  }

  /** Makes slices that are planes of the source. */
  private void copy(int first, int count) {
    int at = first * target.voxelsPerSlice();
    if (isUnchanged(GridAxis.ROW) && isUnchanged(GridAxis.COLUMN)) {
      planes.read(first, count, result, at);
    } else {
      float[] resized = resized(first, count);
      System.arraycopy(resized, 0, result, at, resized.length);
    }
  }

  private void interpolate(int first, int count) {
    int reach = alongSlices == Interpolation.CUBIC ? REACH : 0;
    int last = planes.size().slices() - 1;
    int from = clamp((int) Math.floor(slicePositions[first]) - reach, last);
    int to = clamp((int) Math.floor(slicePositions[first + count - 1]) + 1 + reach, last);
    moveWindow(from, to);
    var positions = new double[count];
    for (int i = 0; i < count; i++) {
      positions[i] = slicePositions[first + i] - from;
    }
    var size = new GridSize(target.columns(), target.rows(), to - from + 1);
    float[] made = Resampling.along(GridAxis.SLICE, window, size, alongSlices, positions);
    System.arraycopy(made, 0, result, first * target.voxelsPerSlice(), made.length);
  }

  private static int clamp(int index, int last) {
    return Math.max(0, Math.min(last, index));
  }

  /** Drops planes that are no longer needed and adds those that are; both ends only rise. */
  private void moveWindow(int from, int to) {
    int plane = target.voxelsPerSlice();
    int end = windowStart + window.length / plane;
    int kept = Math.max(0, end - from);
    var moved = new float[(to - from + 1) * plane];
    System.arraycopy(window, window.length - kept * plane, moved, 0, kept * plane);
    window = moved;
    windowStart = from;
    // In portions, so that the planes as they are read take no more room than those kept.
    int portion = Math.max(1, atOnce / planes.size().voxelsPerSlice());
    for (int next = from + kept; next <= to; next += portion) {
      float[] resized = resized(next, Math.min(portion, to - next + 1));
      System.arraycopy(resized, 0, window, (next - from) * plane, resized.length);
    }
  }

  /** Planes of the source with the target's rows and columns. */
  private float[] resized(int first, int count) {
    GridSize size = new GridSize(planes.size().columns(), planes.size().rows(), count);
    var values = new float[size.voxels()];
    planes.read(first, count, values, 0);
    if (!isUnchanged(GridAxis.ROW)) {
      values = along(GridAxis.ROW, values, size);
      size = new GridSize(size.columns(), target.rows(), count);
    }
    return isUnchanged(GridAxis.COLUMN) ? values : along(GridAxis.COLUMN, values, size);
  }

  private float[] along(GridAxis axis, float[] values, GridSize size) {
    return Resampling.along(axis, values, size, interpolation(axis), positions(axis));
  }

  private double[] positions(GridAxis axis) {
    return axes.rising(axes.reached(axis));
  }

  private boolean isUnchanged(GridAxis axis) {
    double[] positions = positions(axis);
    return positions.length == axis.length(planes.size())
        && IntStream.range(0, positions.length).allMatch(index -> positions[index] == index);
  }

  /** Where a position is a whole number the value there is taken as it is. */
  private Interpolation interpolation(GridAxis axis) {
    boolean whole =
        Arrays.stream(positions(axis)).allMatch(position -> position == Math.rint(position));
    return whole || axis == how.separateAcross() ? Interpolation.NEAREST : how.interpolation();
  }
}
