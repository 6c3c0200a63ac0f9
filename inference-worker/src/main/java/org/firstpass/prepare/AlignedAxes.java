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

  private final GridSize second;

  /** By axis of the second grid: the axis of the first that runs along it. */
  private final GridAxis[] along;

  /** By axis of the second grid: the position of each index of that axis of the first. */
  private final double[][] positions;

  /** By axis of the second grid: whether its index falls where that of the first rises. */
  private final boolean[] turned;

  private AlignedAxes(GridSize second, GridAxis[] along, double[][] positions, boolean[] turned) {
    this.second = second;
    this.along = along;
    this.positions = positions;
    this.turned = turned;
  }

  /** The positions of one grid on another; empty if their axes are not parallel. */
  static Optional<AlignedAxes> between(GridGeometry first, GridGeometry second) {
    IndexTransform transform = IndexTransform.between(first, second);
    int axes = GridAxis.values().length;
    var along = new GridAxis[axes];
    var positions = new double[axes][];
    var turned = new boolean[axes];
    for (GridAxis axis : GridAxis.values()) {
      GridAxis found = steepest(transform, axis);
      for (GridAxis other : GridAxis.values()) {
        double deviation = transform.step(axis, other) * (other.length(first.size()) - 1);
        if (other != found && Math.abs(deviation) > PARALLEL) {
          return Optional.empty();
        }
      }
      along[axis.ordinal()] = found;
      turned[axis.ordinal()] = transform.step(axis, found) < 0;
      positions[axis.ordinal()] =
          positions(transform, axis, found, found.length(first.size()), axis.length(second.size()));
    }
    return Optional.of(new AlignedAxes(second.size(), along, positions, turned));
  }

  /** The axis of the first grid that runs along an axis of the second. */
  GridAxis along(GridAxis axis) {
    return along[axis.ordinal()];
  }

  /** The axis of the second grid along which an axis of the first runs. */
  GridAxis reached(GridAxis axisOfFirst) {
    for (GridAxis axis : GridAxis.values()) {
      if (along(axis) == axisOfFirst) {
        return axis;
      }
    }
    throw new IllegalStateException("no axis runs along " + axisOfFirst);
  }

  /** Whether the index of the second grid falls where that of the first rises. */
  boolean isTurned(GridAxis axis) {
    return turned[axis.ordinal()];
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

  /**
   * The positions along an axis of the second grid, of all indices of the first grid's axis, if the
   * second grid is turned so that they rise.
   */
  double[] rising(GridAxis axis) {
    double[] rising = positions[axis.ordinal()].clone();
    if (isTurned(axis)) {
      for (int index = 0; index < rising.length; index++) {
        rising[index] = axis.length(second) - 1 - rising[index];
      }
    }
    return rising;
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
      IndexTransform transform, GridAxis axis, GridAxis along, int from, int to) {
    double step = transform.step(axis, along);
    double offset = transform.offset(axis);
    var positions = new double[from];
    var shared = new double[from];
    double largest = 0;
    for (int index = 0; index < from; index++) {
      double position = offset + step * index;
      double whole = Math.rint(position);
      positions[index] = Math.abs(position - whole) < ROUNDING ? whole : position;
      shared[index] = sharedExtent(step < 0 ? from - 1 - index : index, from, to);
      largest = Math.max(largest, Math.abs(shared[index] - position));
    }
    // Computed as NumPy does where it means the same: the last bit decides what is nearest.
    return largest < ROUNDING ? shared : positions;
  }

  /** Where an index lies on an axis of another length but the same extent. */
  private static double sharedExtent(int index, int from, int to) {
    return (double) to / from * (index + 0.5) - 0.5;
  }
}
