package org.firstpass.dicom;

import java.util.Optional;
import org.firstpass.study.SopInstanceUid;

/**
 * What one frame says of itself, pixels not touched.
 *
 * @param frameNumber from 1, or 0 if its instance is single-frame
 * @param plane none if it has no position in patient space
 * @param spacing none if it has none
 */
record SurveyedFrame(
    SopInstanceUid instance,
    int frameNumber,
    Optional<ImagePlane> plane,
    Optional<PlaneSpacing> spacing,
    Rescale rescale,
    boolean localizer) {

  /**
   * The distance in mm of neighbouring pixels in the plane.
   *
   * @param row between neighbouring rows, the first value of Pixel Spacing
   * @param column between neighbouring columns
   * @param from where it is known from
   */
  record PlaneSpacing(double row, double column, ImageCalibration from) {}

  /** For messages. */
  String name() {
    return "instance " + instance + (frameNumber == 0 ? "" : " frame " + frameNumber);
  }
}
