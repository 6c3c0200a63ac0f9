package org.firstpass.geometry;

/** The plane of the patient in which the slices of a grid lie. */
public enum Plane {
  AXIAL,
  CORONAL,
  SAGITTAL,
  /** More than {@link #TOLERANCE_DEGREES} away from each of the three. */
  OBLIQUE;

  /** Head and neck scans are commonly tilted by up to this much and still called axial. */
  static final double TOLERANCE_DEGREES = 30;

  /** The plane whose normal is nearest to the slice direction of these axes (LPS). */
  public static Plane of(Axes axes) {
    Vector3 normal = axes.slice();
    double enough = Math.cos(Math.toRadians(TOLERANCE_DEGREES));
    if (Math.abs(normal.z()) >= enough) {
      return AXIAL;
    }
    if (Math.abs(normal.y()) >= enough) {
      return CORONAL;
    }
    return Math.abs(normal.x()) >= enough ? SAGITTAL : OBLIQUE;
  }
}
