package org.firstpass.correction;

import java.util.Optional;

/**
 * Which volumes a segment had in accepted corrections of one package.
 *
 * @param cases how many of them had it
 * @param share which part of all of them, 0 to 1
 * @param leastMl below it a volume is unusual
 * @param medianMl of the cases that had it
 * @param largestMl above it a volume is unusual
 */
public record UsualVolume(
    int segment, int cases, double share, double leastMl, double medianMl, double largestMl) {
  /** Fewer cases say nothing of what is usual. */
  public static final int LEAST_CASES = 20;

  /** So many distances of the quartiles beyond them a value counts as an outlier (Tukey). */
  private static final double FENCE = 1.5;

  /** Volumes that are nearer to the median by factor are usual, however alike the cases were. */
  private static final double ALWAYS_USUAL = 1.25;

  /**
   * Of the quartiles of the natural logarithms of the volumes in mL: volumes of organs are skewed,
   * their logarithms much less.
   *
   * @param all how many cases there are, whether or not they had the segment
   * @return nothing if there are too few cases
   */
  public static Optional<UsualVolume> of(int segment, int cases, int all, Quartiles logarithms) {
    if (cases < LEAST_CASES) {
      return Optional.empty();
    }
    double reach = FENCE * (logarithms.upper() - logarithms.lower());
    double median = Math.exp(logarithms.median());
    return Optional.of(
        new UsualVolume(
            segment,
            cases,
            (double) cases / all,
            Math.min(Math.exp(logarithms.lower() - reach), median / ALWAYS_USUAL),
            median,
            Math.max(Math.exp(logarithms.upper() + reach), median * ALWAYS_USUAL)));
  }

  /** A quarter, a half and three quarters of the values are not above these. */
  public record Quartiles(double lower, double median, double upper) {}
}
