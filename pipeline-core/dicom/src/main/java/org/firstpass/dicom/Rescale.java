package org.firstpass.dicom;

/**
 * From stored to rescaled values.
 *
 * @see "PS3.3 C.11.1.1.2"
 */
record Rescale(double slope, double intercept) {
  static final Rescale IDENTITY = new Rescale(1, 0);
}
