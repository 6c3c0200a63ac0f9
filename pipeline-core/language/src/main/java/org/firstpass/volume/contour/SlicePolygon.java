package org.firstpass.volume.contour;

/**
 * A closed polygon in the plane of a slice, in index coordinates: whole numbers are pixel centres,
 * the corners of pixel (column, row) lie half a pixel from it.
 *
 * <p>The last point is joined with the first. Immutable; safe to share between threads.
 */
public final class SlicePolygon {
  private final double[] columns;
  private final double[] rows;

  /** The arrays are taken over, not copied: the caller lets go of them. */
  public SlicePolygon(double[] columns, double[] rows) {
    if (columns.length != rows.length || columns.length == 0) {
      throw new IllegalArgumentException(
          "a polygon has as many columns as rows and at least one point, but has "
              + columns.length
              + " and "
              + rows.length);
    }
    this.columns = columns;
    this.rows = rows;
  }

  public int points() {
    return columns.length;
  }

  public double column(int point) {
    return columns[point];
  }

  public double row(int point) {
    return rows[point];
  }
}
