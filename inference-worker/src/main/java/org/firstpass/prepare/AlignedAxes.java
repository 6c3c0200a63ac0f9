package org.firstpass.prepare;

import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.GridAxis;

/**
 * Two grids whose axes are parallel, in whatever order and direction: the position along an axis of
 * the second hangs on one index of the first only. Immutable.
 */
final class AlignedAxes {
  /** The most, in voxels of the second grid, that an axis may deviate over the whole first grid. */
  private static final double PARALLEL = 1e-3;

  /** In voxels: what rounding leaves between positions that are meant to be the same. */
  private static final double ROUNDING = 1e-6;

  private static final int AXES = 3;

  /** By axis of the second grid: the axis of the first that runs along it. */
  private final GridAxis[] along;

  /** By axis of the second grid: the position of each index of that axis of the first. */
  private final double[][] positions;

  private AlignedAxes(GridAxis[] along, double[][] positions) {
    this.along = along;
    this.positions = positions;
  }

  /** The positions of one grid on another; empty if their axes are not parallel. */
  static Optional<AlignedAxes> between(GridGeometry from, GridGeometry to) {
    IndexTransform transform = IndexTransform.between(from, to);
    var along = new GridAxis[AXES];
    var positions = new double[AXES][];
    for (GridAxis axis : GridAxis.values()) {
      GridAxis found = steepest(transform, axis);
      for (GridAxis other : GridAxis.values()) {
        double deviation = transform.step(axis, other) * (other.length(from.size()) - 1);
        if (other != found && Math.abs(deviation) > PARALLEL) {
          return Optional.empty();
        }
      }
      along[axis.ordinal()] = found;
      positions[axis.ordinal()] = positions(transform, axis, found, from.size(), to.size());
    }
    return Optional.of(new AlignedAxes(along, positions));
  }

  /** The axis of the first grid that runs along an axis of the second. */
  GridAxis along(GridAxis axis) {
    return along[axis.ordinal()];
  }

  /** Whether the position along an axis of the second grid changes from column to column. */
  boolean runsAlongColumns(GridAxis axis) {
    return along(axis) == GridAxis.COLUMN;
  }

  /** Whether the index of the first grid falls where that of the second rises. */
  boolean isTurned(GridAxis axis) {
    double[] table = positions[axis.ordinal()];
    return table[table.length - 1] < table[0];
  }

  /** The position along an axis of the second grid, of an index of the first grid's axis. */
  double position(GridAxis axis, int index) {
    return positions[axis.ordinal()][index];
  }

  /** The position along an axis of the second grid, of a voxel of the first. */
  double position(GridAxis axis, int column, int row, int slice) {
    int index =
        switch (along(axis)) {
          case COLUMN -> column;
          case ROW -> row;
          case SLICE -> slice;
        };
    return positions[axis.ordinal()][index];
  }

  private static GridAxis steepest(IndexTransform transform, GridAxis axis) {
    GridAxis found = GridAxis.COLUMN;
    for (GridAxis other : GridAxis.values()) {
      if (Math.abs(transform.step(axis, other)) > Math.abs(transform.step(axis, found))) {
        found = other;
      }
    }
    return found;
  }

  private static double[] positions(
      IndexTransform transform, GridAxis axis, GridAxis along, GridSize from, GridSize to) {
    int count = along.length(from);
    double step = transform.step(axis, along);
    double offset = transform.offset(axis);
    var positions = new double[count];
    double largest = 0;
    var shared = new double[count];
    for (int index = 0; index < count; index++) {
      positions[index] = offset + step * index;
      shared[index] = sharedExtent(step < 0 ? count - 1 - index : index, count, axis.length(to));
      largest = Math.max(largest, Math.abs(shared[index] - positions[index]));
    }
    // Computed as NumPy does where it means the same: the last bit decides what is nearest.
    return largest < ROUNDING ? shared : positions;
  }

  /** Where an index lies on an axis of another length but the same extent. */
  private static double sharedExtent(int index, int from, int to) {
    return (double) to / from * (index + 0.5) - 0.5;
  }
}
