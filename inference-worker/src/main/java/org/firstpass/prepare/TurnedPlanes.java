package org.firstpass.prepare;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.GridAxis;

/**
 * Values of a grid in the order and direction of another grid's axes: they are turned as they are
 * read, and no value is changed.
 */
final class TurnedPlanes {
  private final ValueLines lines;
  private final AlignedAxes axes;
  private final GridSize size;

  /**
   * @param axes from the grid whose order is wanted to that of the lines
   */
  TurnedPlanes(ValueLines lines, AlignedAxes axes) {
    this.lines = lines;
    this.axes = axes;
    this.size =
        new GridSize(
            axes.reached(GridAxis.COLUMN).length(lines.size()),
            axes.reached(GridAxis.ROW).length(lines.size()),
            axes.reached(GridAxis.SLICE).length(lines.size()));
  }

  /** The size of the turned grid. */
  GridSize size() {
    return size;
  }

  /**
   * Writes turned slices, order slice, row, column.
   *
   * @param first index of the first of them on the turned grid
   * @param target gets the first value of the first of them at {@code at}
   */
  void read(int first, int count, float[] target, int at) {
    GridAxis sliced = axes.reached(GridAxis.SLICE);
    int length = sliced.length(lines.size());
    int from = axes.isTurned(sliced) ? length - first - count : first;
    var columns = Range.of(GridAxis.COLUMN, sliced, from, count, lines.size());
    var rows = Range.of(GridAxis.ROW, sliced, from, count, lines.size());
    var slices = Range.of(GridAxis.SLICE, sliced, from, count, lines.size());
    int origin = at - first * size.voxelsPerSlice() + start();
    int all = rows.count() * slices.count();
    int parts = Math.min(all, 4 * Runtime.getRuntime().availableProcessors());
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              var buffer = new float[columns.count()];
              int end = (int) ((part + 1L) * all / parts);
              for (int i = (int) ((long) part * all / parts); i < end; i++) {
                int row = rows.first() + i % rows.count();
                int slice = slices.first() + i / rows.count();
                int line = slice * lines.size().rows() + row;
                lines.read(line, columns.first(), columns.count(), buffer);
                write(
                    buffer,
                    target,
                    origin
                        + columns.first() * step(GridAxis.COLUMN)
                        + row * step(GridAxis.ROW)
                        + slice * step(GridAxis.SLICE));
              }
            });
  }

  private void write(float[] buffer, float[] target, int to) {
    int step = step(GridAxis.COLUMN);
    if (step == 1) {
      System.arraycopy(buffer, 0, target, to, buffer.length);
      return;
    }
    int at = to;
    for (float value : buffer) {
      target[at] = value;
      at += step;
    }
  }

  /** How far the turned array index goes with an index along an axis of the lines. */
  private int step(GridAxis axis) {
    int step =
        switch (axes.along(axis)) {
          case COLUMN -> 1;
          case ROW -> size.columns();
          case SLICE -> size.voxelsPerSlice();
        };
    return axes.isTurned(axis) ? -step : step;
  }

  /** The turned array index of the first value of the lines. */
  private int start() {
    int start = 0;
    for (GridAxis axis : GridAxis.values()) {
      if (axes.isTurned(axis)) {
        start -= (axis.length(lines.size()) - 1) * step(axis);
      }
    }
    return start;
  }

  /** Indices along an axis. */
  private record Range(int first, int count) {
    static Range of(GridAxis axis, GridAxis sliced, int first, int count, GridSize size) {
      return axis == sliced ? new Range(first, count) : new Range(0, axis.length(size));
    }
  }
}
