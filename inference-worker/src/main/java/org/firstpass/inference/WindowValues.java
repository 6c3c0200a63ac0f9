package org.firstpass.inference;

/**
 * What was said of one window, per channel of the manifest's output; planes are in the order row,
 * column of the window.
 */
interface WindowValues {
  /** Copies one slice of a channel. */
  void read(int channel, int slice, float[] plane);

  /** Copies one slice of the share of passes that chose what their mean chooses. */
  void readAgreement(int slice, float[] plane);
}
