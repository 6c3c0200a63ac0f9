package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.GridAxis;
import org.jspecify.annotations.Nullable;

/**
 * Where the voxels of one grid lie on another, in indices of the other, of which the reach ends
 * half a voxel beyond its outermost centres.
 *
 * <p>A position is brought into 0 to n - 1 within that reach; -1 is before it and n behind it. So
 * positions along an axis never fall where the exact ones rise. Immutable.
 */
final class GridPositions {
  /** In voxels: rounding must not put a border that both grids share on its wrong side. */
  private static final double ROUNDING = 1e-6;

  private final IndexTransform transform;
  private final @Nullable AlignedAxes aligned;
  private final GridSize to;
  private final @Nullable GridAxis nearestAlong;

  private GridPositions(
      IndexTransform transform,
      @Nullable AlignedAxes aligned,
      GridSize to,
      @Nullable GridAxis nearestAlong) {
    this.transform = transform;
    this.aligned = aligned;
    this.to = to;
    this.nearestAlong = nearestAlong;
  }

  /**
   * Of the voxels of one grid on another.
   *
   * @param nearestAlong the axis of the other grid along which the nearest index is taken, of two
   *     that are equally near the larger one; null for none
   */
  static GridPositions of(GridGeometry from, GridGeometry to, @Nullable GridAxis nearestAlong) {
    AlignedAxes aligned = AlignedAxes.between(from, to).orElse(null);
    return new GridPositions(IndexTransform.between(from, to), aligned, to.size(), nearestAlong);
  }

  /** The position along an axis of the other grid of one voxel. */
  double along(GridAxis axis, int column, int row, int slice) {
    double exact =
        aligned == null
            ? transform.along(axis, column, row, slice)
            : aligned.position(axis, column, row, slice);
    return within(exact, axis);
  }

  /** The positions of columns of one line, from the first on. */
  void fill(GridAxis axis, Line line, double[] target) {
    if (aligned != null && aligned.along(axis) != GridAxis.COLUMN) {
      double constant = along(axis, line.first(), line.row(), line.slice());
      for (int i = 0; i < line.count(); i++) {
        target[i] = constant;
      }
      return;
    }
    for (int i = 0; i < line.count(); i++) {
      target[i] = along(axis, line.first() + i, line.row(), line.slice());
    }
  }

  /** Whether an exact position lies more than half a voxel beyond the outermost centres. */
  static boolean isOutside(double exact, int count) {
    return exact < -0.5 - ROUNDING || exact > count - 0.5 + ROUNDING;
  }

  private double within(double exact, GridAxis axis) {
    int count = axis.length(to);
    if (exact < -0.5 - ROUNDING) {
      return -1;
    }
    if (exact > count - 0.5 + ROUNDING) {
      return count;
    }
    double position = axis == nearestAlong ? Math.floor(exact + 0.5) : exact;
    return Math.max(0, Math.min(count - 1, position));
  }

  /** Some neighbouring columns of a row. */
  record Line(int first, int count, int row, int slice) {}
}
