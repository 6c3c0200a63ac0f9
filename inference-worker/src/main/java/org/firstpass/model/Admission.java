package org.firstpass.model;

/** What a package takes although it is no grey volume in patient space. */
public enum Admission {
  /**
   * Radiographs, ultrasound and other images without a position in patient space: each frame is a
   * slice, and nothing is known of distances between them.
   */
  NO_PATIENT_GEOMETRY,
  /** Colour, of which it is given the luminance, 0 to 255. */
  COLOUR_AS_LUMINANCE
}
