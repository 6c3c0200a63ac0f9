package org.firstpass.calibration;

import java.util.List;
import org.firstpass.calibration.VoxelSamples.Sample;

/**
 * The temperature at which what is right is most likely by what a network said.
 *
 * <p>The mean negative log-likelihood is convex in one over the temperature, so golden section
 * search finds its minimum.
 *
 * @see "Guo et al., On Calibration of Modern Neural Networks, ICML 2017, section 4.2"
 */
final class Temperature {
  static final double LOWEST = 0.05;
  static final double HIGHEST = 20;

  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double PRECISION = 1e-5;
  private static final double DIGITS = 1e4;

  private Temperature() {}

  /** 1 if there is nothing that a temperature could divide, or nothing to judge by. */
  static double fit(VoxelLikelihood likelihood, List<Sample> samples) {
    if (!likelihood.hasTemperature() || samples.isEmpty()) {
      return 1;
    }
    double low = 1 / HIGHEST;
    double high = 1 / LOWEST;
    double a = high - GOLDEN * (high - low);
    double b = low + GOLDEN * (high - low);
    double atA = likelihood.negativeLogLikelihood(samples, 1 / a);
    double atB = likelihood.negativeLogLikelihood(samples, 1 / b);
    while (high - low > PRECISION) {
      if (atA <= atB) {
        high = b;
        b = a;
        atB = atA;
        a = high - GOLDEN * (high - low);
        atA = likelihood.negativeLogLikelihood(samples, 1 / a);
      } else {
        low = a;
        a = b;
        atA = atB;
        b = low + GOLDEN * (high - low);
        atB = likelihood.negativeLogLikelihood(samples, 1 / b);
      }
    }
    return Math.rint(DIGITS * 2 / (low + high)) / DIGITS;
  }
}
