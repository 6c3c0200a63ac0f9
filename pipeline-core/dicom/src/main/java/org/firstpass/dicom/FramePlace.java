package org.firstpass.dicom;

import org.firstpass.geometry.Vector3;
import org.firstpass.study.SopInstanceUid;

/** Where a frame of a segmentation lies. */
sealed interface FramePlace {

  /**
   * In patient space (LPS, mm).
   *
   * @param frameOfReference empty if the object states none
   * @param column the step from one column to the next
   * @param row the step from one row to the next
   */
  record InPatient(String frameOfReference, Vector3 position, Vector3 column, Vector3 row)
      implements FramePlace {}

  /**
   * On a frame of an image, pixel for pixel.
   *
   * @param frameNumber from 1, or 0 if none is named
   */
  record OnImage(SopInstanceUid image, int frameNumber) implements FramePlace {}
}
