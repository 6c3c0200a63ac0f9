package org.firstpass.geometry;

/**
 * In which space a grid lies, and so what its numbers mean.
 *
 * <p>Radiographs and ultrasound have no place in patient space. Their grids lie in the plane of the
 * image itself: columns along x, rows along y, and one frame after the other along z, which is no
 * distance. What is made for patient space (NIfTI, RT Structure Sets, volumes in ml) is never made
 * of them.
 *
 * @see "PS3.3 C.7.6.2, 10.7.1.3, C.8.5.5"
 */
public enum GridSpace {
  /** Patient space: LPS, mm. */
  PATIENT,
  /** The plane of the image, calibrated: distances in it are mm. */
  IMAGE_MILLIMETRES,
  /** The plane of the image, without a calibration: distances in it are pixels. */
  IMAGE_PIXELS;

  public boolean isPatient() {
    return this == PATIENT;
  }

  /** Whether distances in the plane of an image are mm. */
  public boolean hasMillimetres() {
    return this != IMAGE_PIXELS;
  }
}
