package org.firstpass.volume.surface;

import java.util.Arrays;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/**
 * Finds the nearest of a set of voxel centres, in mm: a k-d tree without nodes, in which the middle
 * of each part of the array divides it. Immutable once built.
 */
final class NearestPoint {
  private static final int LEAF = 16;

  /** An index of a grid has fewer bits. */
  private static final int BITS = 21;

  private static final long MASK = (1L << BITS) - 1;

  private final GridSize size;
  private final double[] spacing;

  /** Column, row and slice of each, from the lowest bits up. */
  private final long[] points;

  private final byte[] axes;

  NearestPoint(GridGeometry grid, int[] voxels) {
    Spacing mm = grid.spacing();
    this.size = grid.size();
    this.spacing = new double[] {mm.column(), mm.row(), mm.slice()};
    this.points = Arrays.stream(voxels).mapToLong(this::point).toArray();
    this.axes = new byte[voxels.length];
    divide(0, voxels.length);
  }

  private long point(int voxel) {
    int line = voxel / size.columns();
    long slice = line / size.rows();
    return (slice << BITS | line % size.rows()) << BITS | voxel % size.columns();
  }

  private double at(long point, int axis) {
    return (point >>> axis * BITS & MASK) * spacing[axis];
  }

  private void divide(int from, int to) {
    if (to - from <= LEAF) {
      return;
    }
    int middle = (from + to) >>> 1;
    int axis = widest(from, to);
    axes[middle] = (byte) axis;
    select(from, to - 1, middle, axis);
    divide(from, middle);
    divide(middle + 1, to);
  }

  private int widest(int from, int to) {
    int widest = 0;
    double most = -1;
    for (int axis = 0; axis < 3; axis++) {
      double least = Double.POSITIVE_INFINITY;
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        double here = at(points[i], axis);
        least = Math.min(least, here);
        largest = Math.max(largest, here);
      }
      if (largest - least > most) {
        most = largest - least;
        widest = axis;
      }
    }
    return widest;
  }

  /** Hoare's selection: what is not above comes before the middle, what is not below after it. */
  private void select(int first, int last, int middle, int axis) {
    int low = first;
    int high = last;
    while (low < high) {
      double pivot = at(points[(low + high) >>> 1], axis);
      int i = low;
      int j = high;
      while (i <= j) {
        while (at(points[i], axis) < pivot) {
          i++;
        }
        while (at(points[j], axis) > pivot) {
          j--;
        }
        if (i <= j) {
          long swapped = points[i];
          points[i++] = points[j];
          points[j--] = swapped;
        }
      }
      if (middle <= j) {
        high = j;
      } else if (middle >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  /**
   * The square of the distance to the nearest point.
   *
   * @param voxel from whose centre it is measured
   * @param bound that is answered if there is no nearer one
   */
  double squaredDistance(int voxel, double bound) {
    long from = point(voxel);
    return nearest(0, points.length, at(from, 0), at(from, 1), at(from, 2), bound);
  }

  private double nearest(int from, int to, double x, double y, double z, double bound) {
    double best = bound;
    if (to - from <= LEAF) {
      for (int i = from; i < to; i++) {
        best = Math.min(best, squared(points[i], x, y, z));
      }
      return best;
    }
    int middle = (from + to) >>> 1;
    int axis = axes[middle];
    best = Math.min(best, squared(points[middle], x, y, z));
    double beyond = (axis == 0 ? x : axis == 1 ? y : z) - at(points[middle], axis);
    boolean before = beyond < 0;
    best = before ? nearest(from, middle, x, y, z, best) : nearest(middle + 1, to, x, y, z, best);
    if (beyond * beyond < best) {
      best = before ? nearest(middle + 1, to, x, y, z, best) : nearest(from, middle, x, y, z, best);
    }
    return best;
  }

  private double squared(long point, double x, double y, double z) {
    double alongColumns = at(point, 0) - x;
    double alongRows = at(point, 1) - y;
    double alongSlices = at(point, 2) - z;
    return alongColumns * alongColumns + alongRows * alongRows + alongSlices * alongSlices;
  }
}
