package org.firstpass.dicom;

/**
 * How much an SCP does at once.
 *
 * @param associations open at once; more are rejected for now
 * @param instances being received at once; more wait, and after a while are refused for now
 */
public record ScpLimits(int associations, int instances) {
  public static final ScpLimits DEFAULT = new ScpLimits(256, 64);

  public ScpLimits {
    if (associations < 1 || instances < 1) {
      throw new IllegalArgumentException(
          "limits are 1 or more, but are " + associations + " and " + instances);
    }
  }
}
