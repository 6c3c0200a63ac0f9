package org.firstpass.prepare;

import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.volume.GridAxis;

/**
 * The affine map from the index of one grid to the continuous index of another, through patient
 * space.
 *
 * <p>Steps and offset that are whole numbers to within {@link #WHOLE} are made exactly so: then a
 * grid that was only reordered comes back without interpolation.
 */
public final class IndexTransform {
  /** In voxels; over 2,048 voxels it stays below a fiftieth of one. */
  static final double WHOLE = 1e-5;

  private static final List<GridAxis> AXES = List.of(GridAxis.COLUMN, GridAxis.ROW, GridAxis.SLICE);

  private final double[] offset;
  private final double[] perColumn;
  private final double[] perRow;
  private final double[] perSlice;

  private IndexTransform(double[] offset, double[] perColumn, double[] perRow, double[] perSlice) {
    this.offset = offset;
    this.perColumn = perColumn;
    this.perRow = perRow;
    this.perSlice = perSlice;
  }

  /** From indices of {@code from} to indices of {@code to}. Both lie in one frame of reference. */
  public static IndexTransform between(GridGeometry from, GridGeometry to) {
    if (!from.frameOfReference().equals(to.frameOfReference())) {
      throw new IllegalArgumentException(
          "grids must share a frame of reference, but have "
              + from.frameOfReference()
              + " and "
              + to.frameOfReference());
    }
    double[] origin = indexOf(from, to, 0, 0, 0);
    double[] column = minus(indexOf(from, to, 1, 0, 0), origin);
    double[] row = minus(indexOf(from, to, 0, 1, 0), origin);
    double[] slice = minus(indexOf(from, to, 0, 0, 1), origin);
    if (isWhole(column) && isWhole(row) && isWhole(slice) && isWhole(origin)) {
      return new IndexTransform(whole(origin), whole(column), whole(row), whole(slice));
    }
    return new IndexTransform(origin, column, row, slice);
  }

  /** The column index in the other grid. */
  public double column(int column, int row, int slice) {
    return at(0, column, row, slice);
  }

  /** The row index in the other grid. */
  public double row(int column, int row, int slice) {
    return at(1, column, row, slice);
  }

  /** The slice index in the other grid. */
  public double slice(int column, int row, int slice) {
    return at(2, column, row, slice);
  }

  /** The index along an axis of the other grid. */
  double along(GridAxis axis, int column, int row, int slice) {
    return at(AXES.indexOf(axis), column, row, slice);
  }

  /** How much the index along an axis of the other grid grows with one along an axis of this. */
  double step(GridAxis axis, GridAxis with) {
    double[] steps =
        switch (with) {
          case COLUMN -> perColumn;
          case ROW -> perRow;
          case SLICE -> perSlice;
        };
    return steps[AXES.indexOf(axis)];
  }

  /** The index along an axis of the other grid where all indices of this are 0. */
  double offset(GridAxis axis) {
    return offset[AXES.indexOf(axis)];
  }

  private double at(int axis, int column, int row, int slice) {
    return offset[axis] + column * perColumn[axis] + row * perRow[axis] + slice * perSlice[axis];
  }

  private static double[] indexOf(
      GridGeometry from, GridGeometry to, int column, int row, int slice) {
    VoxelPosition position = to.toIndex(from.toPatient(column, row, slice));
    return new double[] {position.column(), position.row(), position.slice()};
  }

  private static double[] minus(double[] a, double[] b) {
    return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
  }

  private static boolean isWhole(double[] values) {
    for (double value : values) {
      if (Math.abs(value - Math.rint(value)) > WHOLE) {
        return false;
      }
    }
    return true;
  }

  private static double[] whole(double[] values) {
    return new double[] {Math.rint(values[0]), Math.rint(values[1]), Math.rint(values[2])};
  }
}
