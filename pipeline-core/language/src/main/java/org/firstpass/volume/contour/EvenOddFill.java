package org.firstpass.volume.contour;

import java.util.Arrays;

/**
 * The pixels of a slice whose centres lie inside a polygon, by the even-odd rule: a ray from the
 * centre crosses the polygon an odd number of times.
 *
 * <p>A centre on an edge counts as inside on the side of smaller columns and rows, so that of two
 * polygons with a common edge exactly one has it. A stretch that is run through there and back, as
 * the channel of a keyhole, counts twice and so not at all.
 */
public final class EvenOddFill {
  private final SlicePolygon polygon;
  private final int rows;
  private final int firstRow;
  private final int endRow;

  private EvenOddFill(SlicePolygon polygon, int rows) {
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < polygon.points(); i++) {
      first = Math.min(first, polygon.row(i));
      last = Math.max(last, polygon.row(i));
    }
    this.polygon = polygon;
    this.rows = rows;
    this.firstRow = clipped(first, rows);
    this.endRow = clipped(last, rows);
  }

  /**
   * How often a polygon crosses the rows of a slice, which is what filling it costs in memory and
   * time.
   */
  public static long crossings(SlicePolygon polygon, int rows) {
    var fill = new EvenOddFill(polygon, rows);
    long crossings = 0;
    for (int i = 0; i < polygon.points(); i++) {
      crossings += Math.max(0, fill.end(i) - fill.start(i));
    }
    return crossings;
  }

  /**
   * The pixels as runs: pairs of the index {@code row * columns + column} of the first pixel and
   * the one after the last, ascending; cut off at the border of the slice.
   */
  public static int[] runs(SlicePolygon polygon, int columns, int rows) {
    return new EvenOddFill(polygon, rows).runs(columns);
  }

  private int[] runs(int columns) {
    int[] ends = crossingsBeforeEachRow();
    double[] crossings = new double[ends[endRow - firstRow]];
    // Moves each row's beginning to its end.
    place(crossings, ends);
    int[] runs = new int[crossings.length];
    int count = 0;
    int from = 0;
    for (int row = firstRow; row < endRow; row++) {
      int to = ends[row - firstRow];
      Arrays.sort(crossings, from, to);
      for (int i = from; i + 1 < to; i += 2) {
        int first = clipped(crossings[i], columns);
        int after = clipped(crossings[i + 1], columns);
        if (first < after) {
          runs[count] = row * columns + first;
          runs[count + 1] = row * columns + after;
          count += 2;
        }
      }
      from = to;
    }
    return Arrays.copyOf(runs, count);
  }

  private int[] crossingsBeforeEachRow() {
    int[] before = new int[endRow - firstRow + 1];
    for (int i = 0; i < polygon.points(); i++) {
      int end = end(i);
      for (int row = start(i); row < end; row++) {
        before[row - firstRow + 1]++;
      }
    }
    for (int i = 1; i < before.length; i++) {
      before[i] = Math.addExact(before[i], before[i - 1]);
    }
    return before;
  }

  private void place(double[] crossings, int[] at) {
    for (int i = 0; i < polygon.points(); i++) {
      // From the smaller row to the larger: there and back cross at the same place to the last bit.
      int low = polygon.row(i) <= polygon.row(next(i)) ? i : next(i);
      int high = low == i ? next(i) : i;
      double slope =
          (polygon.column(high) - polygon.column(low)) / (polygon.row(high) - polygon.row(low));
      int end = end(i);
      for (int row = start(i); row < end; row++) {
        crossings[at[row - firstRow]] = polygon.column(low) + (row - polygon.row(low)) * slope;
        at[row - firstRow]++;
      }
    }
  }

  /** The first row that the edge from this point to the next one crosses. */
  private int start(int point) {
    return clipped(Math.min(polygon.row(point), polygon.row(next(point))), rows);
  }

  /** The row after the last that the edge from this point to the next one crosses. */
  private int end(int point) {
    return clipped(Math.max(polygon.row(point), polygon.row(next(point))), rows);
  }

  private int next(int point) {
    return point + 1 == polygon.points() ? 0 : point + 1;
  }

  /** The first whole number from a position on, within 0 and the count. */
  private static int clipped(double position, int count) {
    return (int) Math.max(0, Math.min(count, Math.ceil(position)));
  }
}
