package org.firstpass.geometry;

/**
 * The unit directions in patient space (LPS) in which the three indices grow.
 *
 * <p>They are orthogonal to within {@link #TOLERANCE}. They may be left-handed: a reoriented grid
 * may well be.
 *
 * @param column where the column index grows: the first triplet of Image Orientation (Patient)
 * @param row where the row index grows: its second triplet
 * @param slice where the slice index grows
 * @see "PS3.3 C.7.6.2.1.1"
 */
public record Axes(Vector3 column, Vector3 row, Vector3 slice) {
  /**
   * Largest accepted cosine between two axes. Scanners write direction cosines with as few as four
   * digits; 1e-3 is half a voxel over 500 voxels.
   */
  public static final double TOLERANCE = 1e-3;

  public Axes {
    column = unit("column", column);
    row = unit("row", row);
    slice = unit("slice", slice);
    requireOrthogonal("column and row", column, row);
    requireOrthogonal("column and slice", column, slice);
    requireOrthogonal("row and slice", row, slice);
  }

  /** Axes of an image plane, with slices growing along the right-handed normal. */
  public static Axes ofPlane(Vector3 column, Vector3 row) {
    return new Axes(column, row, column.cross(row));
  }

  private static Vector3 unit(String name, Vector3 axis) {
    if (Math.abs(axis.length() - 1) > 1e-2) {
      throw new IllegalArgumentException(
          "the " + name + " axis has length 1 to within 0.01, but has " + axis.length());
    }
    return axis.normalized();
  }

  private static void requireOrthogonal(String names, Vector3 a, Vector3 b) {
    if (Math.abs(a.dot(b)) > TOLERANCE) {
      throw new IllegalArgumentException(
          "the "
              + names
              + " axes are orthogonal to within a cosine of "
              + TOLERANCE
              + ", but have "
              + a.dot(b));
    }
  }
}
