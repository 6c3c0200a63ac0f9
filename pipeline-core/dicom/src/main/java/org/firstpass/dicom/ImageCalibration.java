package org.firstpass.dicom;

/**
 * From where it is known how large the pixels of an image are.
 *
 * @see "PS3.3 10.7.1.3, C.7.6.2, C.8.5.5, C.8.11.7"
 */
public enum ImageCalibration {
  /** Cross sections in patient space. */
  PATIENT_SPACE,
  /**
   * Pixel Spacing (0028,0030) of a projection: corrected, or measured on something of known size.
   */
  PIXEL_SPACING,
  /**
   * Imager Pixel Spacing (0018,1164): at the detector, so that what lies before it looks larger.
   */
  DETECTOR,
  /** Nominal Scanned Pixel Spacing (0018,2010): of what was scanned, a film or a page. */
  SCANNED,
  /** Sequence of Ultrasound Regions (0018,6011): one scale for all regions of the image. */
  ULTRASOUND_REGION,
  /** Nothing tells it: distances are in pixels. */
  NONE
}
