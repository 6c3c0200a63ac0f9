package org.firstpass.geometry;

import org.firstpass.study.FrameOfReferenceUid;

/**
 * Where the voxels of a grid lie: in patient space (LPS, mm), or in the plane of an image that has
 * no place in it, see {@link GridSpace}.
 *
 * <p>Index order of every array on a grid: slice, row, column, column fastest.
 *
 * @param frameOfReference derived from the series if that has none, or lies in no patient space
 * @param position the centre of voxel (0, 0, 0)
 * @see "PS3.3 C.7.6.2"
 */
public record GridGeometry(
    FrameOfReferenceUid frameOfReference,
    GridSize size,
    Vector3 position,
    Axes axes,
    Spacing spacing,
    GridSpace space) {

  /** Two grids are the same if no voxel centre differs by more than this, in mm. */
  public static final double SAME_POSITION_MM = 0.01;

  /** A grid in patient space. */
  public GridGeometry(
      FrameOfReferenceUid frameOfReference,
      GridSize size,
      Vector3 position,
      Axes axes,
      Spacing spacing) {
    this(frameOfReference, size, position, axes, spacing, GridSpace.PATIENT);
  }

  /** The grid of an image in its own plane, a slice per frame, 1 apart, which is no distance. */
  public static GridGeometry ofImage(
      FrameOfReferenceUid derived, GridSize size, double rowSpacing, double columnSpacing) {
    return ofImage(
        derived, size, new Spacing(columnSpacing, rowSpacing, 1), GridSpace.IMAGE_MILLIMETRES);
  }

  /** The grid of an image whose pixels have no known size: all spacing is 1, a pixel. */
  public static GridGeometry ofUncalibratedImage(FrameOfReferenceUid derived, GridSize size) {
    return ofImage(derived, size, new Spacing(1, 1, 1), GridSpace.IMAGE_PIXELS);
  }

  private static GridGeometry ofImage(
      FrameOfReferenceUid derived, GridSize size, Spacing spacing, GridSpace space) {
    Axes axes = Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0));
    return new GridGeometry(derived, size, new Vector3(0, 0, 0), axes, spacing, space);
  }

  /** Another grid in the same space and frame of reference. */
  public GridGeometry withVoxels(GridSize others, Vector3 first, Axes along, Spacing apart) {
    return new GridGeometry(frameOfReference, others, first, along, apart, space);
  }

  /**
   * Refuses a grid that has no place in patient space.
   *
   * @param what needs one
   */
  public void requirePatientSpace(String what) {
    if (!space.isPatient()) {
      throw new IllegalArgumentException(
          what + " lies in patient space, which the grid " + this + " does not");
    }
  }

  /** The patient-space position of an index, which need not be whole. */
  public Vector3 toPatient(double column, double row, double slice) {
    return position
        .plus(axes.column().times(column * spacing.column()))
        .plus(axes.row().times(row * spacing.row()))
        .plus(axes.slice().times(slice * spacing.slice()));
  }

  /** The index of a patient-space position; the inverse of {@link #toPatient}. */
  public VoxelPosition toIndex(Vector3 point) {
    Vector3 offset = point.minus(position);
    Vector3 c = axes.column();
    Vector3 r = axes.row();
    Vector3 s = axes.slice();
    // The axes may be off orthogonal by the tolerance, so the exact inverse is by Cramer's rule.
    double determinant = c.dot(r.cross(s));
    return new VoxelPosition(
        offset.dot(r.cross(s)) / determinant / spacing.column(),
        c.dot(offset.cross(s)) / determinant / spacing.row(),
        c.dot(r.cross(offset)) / determinant / spacing.slice());
  }

  public double voxelVolumeMm3() {
    return spacing.column() * spacing.row() * spacing.slice();
  }

  /**
   * Whether every voxel of the other grid lies where this grid's does, to {@link
   * #SAME_POSITION_MM}.
   */
  public boolean isSameGridAs(GridGeometry other) {
    return frameOfReference.equals(other.frameOfReference)
        && space == other.space
        && size.equals(other.size)
        && largestCornerDistance(other) <= SAME_POSITION_MM;
  }

  /** Refuses two grids that are not the same; the message has both. */
  public static void requireSameGrid(GridGeometry a, GridGeometry b) {
    if (!a.isSameGridAs(b)) {
      throw new IllegalArgumentException(
          "grids must agree to within " + SAME_POSITION_MM + " mm, but are " + a + " and " + b);
    }
  }

  private double largestCornerDistance(GridGeometry other) {
    double largest = 0;
    for (int corner = 0; corner < 8; corner++) {
      double column = (corner & 1) * (size.columns() - 1.0);
      double row = (corner >> 1 & 1) * (size.rows() - 1.0);
      double slice = (corner >> 2 & 1) * (size.slices() - 1.0);
      Vector3 here = toPatient(column, row, slice);
      largest = Math.max(largest, here.minus(other.toPatient(column, row, slice)).length());
    }
    return largest;
  }
}
