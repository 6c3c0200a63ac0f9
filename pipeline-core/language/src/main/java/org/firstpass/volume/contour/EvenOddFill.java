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
  private EvenOddFill() {}

  /**
   * How often a polygon crosses the rows of a slice, which is what filling it costs in memory and
   * time.
   */
  public static long crossings(SlicePolygon polygon, int rows) {
    long crossings = 0;
    for (int i = 0; i < polygon.points(); i++) {
      int next = i + 1 == polygon.points() ? 0 : i + 1;
      double low = Math.min(polygon.row(i), polygon.row(next));
      double high = Math.max(polygon.row(i), polygon.row(next));
      crossings += Math.max(0, clipped(high, rows) - clipped(low, rows));
    }
    return crossings;
  }

  /**
   * The pixels as runs: pairs of the index {@code row * columns + column} of the first pixel and
   * the one after the last, ascending; cut off at the border of the slice.
   */
  public static int[] runs(SlicePolygon polygon, int columns, int rows) {
    int[] ends = new int[rows + 1];
    count(polygon, rows, ends);
    double[] crossings = new double[ends[rows]];
    place(polygon, rows, ends, crossings);
    // Placing has moved each row's beginning to its end.
    int[] runs = new int[crossings.length];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      int from = row == 0 ? 0 : ends[row - 1];
      Arrays.sort(crossings, from, ends[row]);
      for (int i = from; i + 1 < ends[row]; i += 2) {
        int first = clipped(crossings[i], columns);
        int after = clipped(crossings[i + 1], columns);
        if (first < after) {
          runs[count] = row * columns + first;
          runs[count + 1] = row * columns + after;
          count += 2;
        }
      }
    }
    return Arrays.copyOf(runs, count);
  }

  /** Sets each element to the number of crossings of all rows before it. */
  private static void count(SlicePolygon polygon, int rows, int[] before) {
    for (int i = 0; i < polygon.points(); i++) {
      int next = i + 1 == polygon.points() ? 0 : i + 1;
      int first = clipped(Math.min(polygon.row(i), polygon.row(next)), rows);
      int after = clipped(Math.max(polygon.row(i), polygon.row(next)), rows);
      for (int row = first; row < after; row++) {
        before[row + 1]++;
      }
    }
    for (int row = 0; row < rows; row++) {
      before[row + 1] = Math.addExact(before[row + 1], before[row]);
    }
  }

  private static void place(SlicePolygon polygon, int rows, int[] at, double[] crossings) {
    for (int i = 0; i < polygon.points(); i++) {
      int next = i + 1 == polygon.points() ? 0 : i + 1;
      // From the smaller row to the larger: there and back cross at the same place to the last bit.
      int low = polygon.row(i) <= polygon.row(next) ? i : next;
      int high = low == i ? next : i;
      double slope =
          (polygon.column(high) - polygon.column(low)) / (polygon.row(high) - polygon.row(low));
      int after = clipped(polygon.row(high), rows);
      for (int row = clipped(polygon.row(low), rows); row < after; row++) {
        crossings[at[row]] = polygon.column(low) + (row - polygon.row(low)) * slope;
        at[row]++;
      }
    }
  }

  /** The first whole number from a position on, within 0 and the count. */
  private static int clipped(double position, int count) {
    return (int) Math.max(0, Math.min(count, Math.ceil(position)));
  }
}
