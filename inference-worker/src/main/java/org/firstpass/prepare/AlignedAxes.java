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
  private final Course columns;
  private final Course rows;
  private final Course slices;

  private AlignedAxes(GridSize second, Course columns, Course rows, Course slices) {
    this.second = second;
    this.columns = columns;
    this.rows = rows;
    this.slices = slices;
  }

  /** The positions of one grid on another; empty if their axes are not parallel. */
  static Optional<AlignedAxes> between(GridGeometry first, GridGeometry second) {
    IndexTransform transform = IndexTransform.between(first, second);
    for (GridAxis axis : GridAxis.values()) {
      GridAxis along = steepest(transform, axis);
      for (GridAxis other : GridAxis.values()) {
        double deviation = transform.step(axis, other) * (other.length(first.size()) - 1);
        if (other != along && Math.abs(deviation) > PARALLEL) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        new AlignedAxes(
            second.size(),
            Course.of(GridAxis.COLUMN, transform, first.size(), second.size()),
            Course.of(GridAxis.ROW, transform, first.size(), second.size()),
            Course.of(GridAxis.SLICE, transform, first.size(), second.size())));
  }

  /** The axis of the first grid that runs along an axis of the second. */
  GridAxis along(GridAxis axis) {
    return course(axis).along;
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
    return course(axis).turned;
  }

  /** The position along an axis of the second grid, of a voxel of the first. */
  double position(GridAxis axis, int column, int row, int slice) {
    Course course = course(axis);
    return switch (course.along) {
      case COLUMN -> course.positions[column];
      case ROW -> course.positions[row];
      case SLICE -> course.positions[slice];
    };
  }

  /**
   * The positions along an axis of the second grid, of all indices of the first grid's axis, if the
   * second grid is turned so that they rise.
   */
  double[] rising(GridAxis axis) {
    double[] rising = course(axis).positions.clone();
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

  private Course course(GridAxis axis) {
    return switch (axis) {
      case COLUMN -> columns;
      case ROW -> rows;
      case SLICE -> slices;
    };
  }

  /** How the first grid runs along one axis of the second. */
  private static final class Course {
    private final GridAxis along;
    private final boolean turned;
    private final double[] positions;

    private Course(GridAxis along, boolean turned, double[] positions) {
      this.along = along;
      this.turned = turned;
      this.positions = positions;
    }

    static Course of(GridAxis axis, IndexTransform transform, GridSize first, GridSize second) {
      GridAxis along = steepest(transform, axis);
      double step = transform.step(axis, along);
      int from = along.length(first);
      int to = axis.length(second);
      var positions = new double[from];
      var shared = new double[from];
      double largest = 0;
      for (int index = 0; index < from; index++) {
        double position = transform.offset(axis) + step * index;
        double whole = Math.rint(position);
        positions[index] = Math.abs(position - whole) < ROUNDING ? whole : position;
        shared[index] = sharedExtent(step < 0 ? from - 1 - index : index, from, to);
        largest = Math.max(largest, Math.abs(shared[index] - position));
      }
      // Computed as NumPy does where it means the same: the last bit decides what is nearest.
      return new Course(along, step < 0, largest < ROUNDING ? shared : positions);
    }

    /** Where an index lies on an axis of another length but the same extent. */
    private static double sharedExtent(int index, int from, int to) {
      return (double) to / from * (index + 0.5) - 0.5;
    }
  }
}
