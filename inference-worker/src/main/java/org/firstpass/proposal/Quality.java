package org.firstpass.proposal;

import org.firstpass.model.CalibrationSpec;
import org.jspecify.annotations.Nullable;

/** The calibrated probability that a segment needs no more than a minor correction. */
public final class Quality {
  private Quality() {}

  /**
   * The logistic function of what the calibration weighs, see {@link CalibrationSpec}.
   *
   * @param agreement null if there was one pass only, which counts as agreement
   * @param warnings how many things are unusual about the segment's shape
   * @return 0 to 1
   */
  public static double of(
      CalibrationSpec calibration, double uncertainty, @Nullable Double agreement, int warnings) {
    double disagreement = agreement == null ? 0 : 1 - agreement;
    double score =
        calibration.intercept()
            + calibration.entropy() * uncertainty
            + calibration.disagreement() * disagreement
            + calibration.warning() * warnings;
    return 1 / (1 + Math.exp(-score));
  }
}
