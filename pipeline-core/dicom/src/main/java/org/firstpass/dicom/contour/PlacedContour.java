package org.firstpass.dicom.contour;

import java.nio.DoubleBuffer;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.volume.contour.EvenOddFill;
import org.firstpass.volume.contour.SlicePolygon;

/**
 * A contour in index coordinates.
 *
 * @param content equal for equal contours
 * @param plane the middle of its slice indices, not whole in general
 */
record PlacedContour(
    Contour.Combination combination, DoubleBuffer content, SlicePolygon polygon, double plane) {
  /** A point this far beyond the outermost pixel edges, in pixels, still is on them. */
  private static final double BORDER = 0.5 + 0.1;

  static PlacedContour of(Contour contour, String region, GridGeometry grid) {
    double[] columns = new double[contour.points()];
    double[] rows = new double[contour.points()];
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < columns.length; i++) {
      VoxelPosition at = grid.toIndex(new Vector3(contour.x(i), contour.y(i), contour.z(i)));
      columns[i] = at.column();
      rows[i] = at.row();
      lowest = Math.min(lowest, at.slice());
      highest = Math.max(highest, at.slice());
    }
    if (!(highest - lowest <= 2 * PlacedContours.FLATNESS)) {
      throw new StudyRefused(
          ReasonCode.CONTOURS_OFF_PLANE,
          "expected a contour of %s in the plane of the slices to within %s of a slice, found one from %.3f to %.3f"
              .formatted(region, PlacedContours.FLATNESS, lowest, highest));
    }
    return new PlacedContour(
        contour.combination(),
        contour.content(),
        new SlicePolygon(columns, rows),
        (lowest + highest) / 2);
  }

  long crossings(GridSize size) {
    return EvenOddFill.crossings(polygon, size.rows());
  }

  boolean isWithin(GridSize size) {
    for (int i = 0; i < polygon.points(); i++) {
      if (beyond(polygon.column(i), size.columns(), BORDER) != 0
          || beyond(polygon.row(i), size.rows(), BORDER) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether its bounding box and that of the pixel centres have something in common. */
  boolean meets(GridSize size) {
    int columns = beyond(polygon.column(0), size.columns(), 0);
    int rows = beyond(polygon.row(0), size.rows(), 0);
    boolean columnsMeet = columns == 0;
    boolean rowsMeet = rows == 0;
    for (int i = 1; i < polygon.points(); i++) {
      columnsMeet |= beyond(polygon.column(i), size.columns(), 0) != columns;
      rowsMeet |= beyond(polygon.row(i), size.rows(), 0) != rows;
    }
    return columnsMeet && rowsMeet;
  }

  /** -1 before the first pixel centre by more than a margin, 1 after the last, 0 within. */
  private static int beyond(double position, int count, double margin) {
    if (position < -margin) {
      return -1;
    }
    return position > count - 1 + margin ? 1 : 0;
  }
}
