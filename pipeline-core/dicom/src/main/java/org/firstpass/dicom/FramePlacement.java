package org.firstpass.dicom;

import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;

/**
 * The voxels of a grid on which the pixels of a frame lie: an index for its first pixel, and a step
 * in (column, row, slice) for each of its columns and rows.
 */
final class FramePlacement {
  /** How far, in voxels, a pixel may lie off the voxel that it stands for. */
  static final double TOLERANCE = 0.1;

  private final GridSize size;
  private final int[] first;
  private final int[] columnStep;
  private final int[] rowStep;

  private FramePlacement(GridSize size, int[] first, int[] columnStep, int[] rowStep) {
    this.size = size;
    this.first = first;
    this.columnStep = columnStep;
    this.rowStep = rowStep;
  }

  /**
   * Where a frame lies.
   *
   * @throws StudyRefused NO_PATIENT_GEOMETRY if the grid lies in patient space and the frame on an
   *     image alone; OFF_GRID if it does not lie on the grid
   */
  static FramePlacement of(GridGeometry grid, SegmentationFrame frame, int columns, int rows) {
    FramePlace place = frame.place();
    if (place instanceof FramePlace.OnImage on) {
      return onImage(grid, frame, on, columns, rows);
    }
    if (!grid.space().isPatient()) {
      throw off(frame, "it lies in patient space, which the image does not");
    }
    return inPatient(grid, frame, (FramePlace.InPatient) place, columns, rows);
  }

  private static FramePlacement onImage(
      GridGeometry grid, SegmentationFrame frame, FramePlace.OnImage on, int columns, int rows) {
    GridSize size = grid.size();
    if (grid.space().isPatient()) {
      throw new StudyRefused(
          ReasonCode.NO_PATIENT_GEOMETRY,
          "frame " + (frame.index() + 1) + " has no place in patient space, which the series has");
    }
    if (columns != size.columns() || rows != size.rows()) {
      throw off(frame, "it has %d x %d pixels, the image %s".formatted(columns, rows, size));
    }
    int number = on.frameNumber() == 0 && size.slices() == 1 ? 1 : on.frameNumber();
    if (number < 1 || number > size.slices()) {
      throw off(frame, "it names frame %d of %d".formatted(on.frameNumber(), size.slices()));
    }
    return new FramePlacement(
        size, new int[] {0, 0, number - 1}, new int[] {1, 0, 0}, new int[] {0, 1, 0});
  }

  private static FramePlacement inPatient(
      GridGeometry grid,
      SegmentationFrame frame,
      FramePlace.InPatient place,
      int columns,
      int rows) {
    String stated = place.frameOfReference();
    if (!stated.isEmpty() && !stated.equals(grid.frameOfReference().value())) {
      throw off(
          frame, "expected frame of reference " + grid.frameOfReference() + ", found " + stated);
    }
    Vector3 corner = place.position();
    double[] first = index(grid, corner);
    double[] columnStep =
        step(first, index(grid, corner.plus(place.column().times(columns))), columns);
    double[] rowStep = step(first, index(grid, corner.plus(place.row().times(rows))), rows);
    // At the far corner the error of the steps has grown to its largest.
    requireWhole(frame, "position", first, 1);
    requireWhole(frame, "column step", columnStep, columns);
    requireWhole(frame, "row step", rowStep, rows);
    var placement =
        new FramePlacement(grid.size(), rounded(first), rounded(columnStep), rounded(rowStep));
    placement.requireUnitSteps(frame);
    return placement;
  }

  /** The index into the grid's array of a pixel, or -1 if it lies outside the grid. */
  int indexOf(int column, int row) {
    int c = first[0] + column * columnStep[0] + row * rowStep[0];
    int r = first[1] + column * columnStep[1] + row * rowStep[1];
    int s = first[2] + column * columnStep[2] + row * rowStep[2];
    return size.contains(c, r, s) ? size.index(c, r, s) : -1;
  }

  /** Whether the frame is one whole slice of the grid, in its order. */
  boolean isWholeSlice(int columns, int rows) {
    return columns == size.columns()
        && rows == size.rows()
        && first[0] == 0
        && first[1] == 0
        && first[2] >= 0
        && first[2] < size.slices()
        && columnStep[0] == 1
        && rowStep[1] == 1;
  }

  int firstSlice() {
    return first[2];
  }

  private void requireUnitSteps(SegmentationFrame frame) {
    int columnSteps = 0;
    int rowSteps = 0;
    int both = 0;
    for (int axis = 0; axis < 3; axis++) {
      columnSteps += Math.abs(columnStep[axis]);
      rowSteps += Math.abs(rowStep[axis]);
      both += Math.abs(columnStep[axis] * rowStep[axis]);
    }
    if (columnSteps != 1 || rowSteps != 1 || both != 0) {
      throw off(frame, "expected pixels one voxel apart, found another spacing or direction");
    }
  }

  private static double[] index(GridGeometry grid, Vector3 point) {
    VoxelPosition position = grid.toIndex(point);
    return new double[] {position.column(), position.row(), position.slice()};
  }

  private static double[] step(double[] from, double[] to, int count) {
    double[] step = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      step[axis] = (to[axis] - from[axis]) / count;
    }
    return step;
  }

  private static void requireWhole(
      SegmentationFrame frame, String what, double[] index, int times) {
    for (double value : index) {
      if (!(Math.abs(value - Math.rint(value)) * times <= TOLERANCE)
          || Math.abs(value) > Short.MAX_VALUE) {
        throw off(
            frame,
            "expected a %s on a voxel to within %s, found (%.3f, %.3f, %.3f) in (column, row, slice)"
                .formatted(what, TOLERANCE, index[0], index[1], index[2]));
      }
    }
  }

  private static int[] rounded(double[] index) {
    return new int[] {
      (int) Math.rint(index[0]), (int) Math.rint(index[1]), (int) Math.rint(index[2])
    };
  }

  private static StudyRefused off(SegmentationFrame frame, String message) {
    return new StudyRefused(
        ReasonCode.OFF_GRID,
        "frame " + (frame.index() + 1) + " does not lie on the grid: " + message);
  }
}
