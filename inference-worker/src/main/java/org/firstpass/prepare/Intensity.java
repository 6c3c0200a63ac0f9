package org.firstpass.prepare;

import java.util.stream.IntStream;
import org.firstpass.model.IntensitySpec;
import org.jspecify.annotations.Nullable;

/**
 * An intensity rule of a manifest with the statistics of the values that it is for: clip, shift,
 * scale, clip. Immutable; safe to share between threads.
 *
 * <p>What it makes of values is what MONAI's ScaleIntensityRange, ScaleIntensityRangePercentiles
 * and NormalizeIntensity and nnU-Net's CTNormalization, ZScoreNormalization, RescaleTo01 and
 * NoNormalization make of them: percentiles are linear between ranks, deviations those of the whole
 * population, and a deviation below 1e-8 counts as that.
 *
 * @param from values below are raised to this first
 * @param to values above are lowered to this first
 * @param shift taken away next
 * @param factor multiplied with next
 * @param base added last
 * @param nonZeroOnly whether values that are 0 stay so
 */
record Intensity(
    double from, double to, double shift, double factor, double base, boolean nonZeroOnly) {
  private static final Intensity NONE =
      new Intensity(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 1, 0, false);

  private static final double LEAST_DEVIATION = 1e-8;

  /**
   * The rule for the values of a grid.
   *
   * @param mask where values count that the rule would else tell by not being 0: nnU-Net's mask;
   *     null for none
   */
  static Intensity of(IntensitySpec spec, ValueLines lines, short @Nullable [] mask) {
    if (spec instanceof IntensitySpec.Window window) {
      return scale(
          window.lower(), window.upper(), window.low(), window.high(), window.clips(), false);
    }
    if (spec instanceof IntensitySpec.Percentiles percentiles) {
      boolean nonZero = percentiles.countsNonZeroOnly();
      return ofPercentiles(percentiles, counted(lines, nonZero, mask), nonZero && mask == null);
    }
    if (spec instanceof IntensitySpec.ZScore score) {
      boolean nonZero = score.countsNonZeroOnly();
      return ofScore(score, counted(lines, nonZero, mask), nonZero && mask == null);
    }
    return NONE;
  }

  /** What becomes of a value. */
  float of(float value) {
    if (nonZeroOnly && value == 0) {
      return value;
    }
    return (float) ((Math.max(from, Math.min(to, value)) - shift) * factor + base);
  }

  boolean changesNothing() {
    return equals(NONE);
  }

  /** Applies it in place to the first values of an array. */
  void apply(float[] values, int first, int end) {
    for (int i = first; i < end; i++) {
      values[i] = of(values[i]);
    }
  }

  /** Applies it in place, on all cores of the common pool. */
  void apply(float[] values) {
    if (changesNothing()) {
      return;
    }
    int parts = 4 * Runtime.getRuntime().availableProcessors();
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part ->
                apply(
                    values,
                    (int) ((long) part * values.length / parts),
                    (int) ((part + 1L) * values.length / parts)));
  }

  private static CountedValues counted(ValueLines lines, boolean nonZero, short @Nullable [] mask) {
    return new CountedValues(lines, nonZero, nonZero ? mask : null);
  }

  private static Intensity ofPercentiles(
      IntensitySpec.Percentiles spec, CountedValues values, boolean nonZeroOnly) {
    var ranks = new Ranks(values);
    if (ranks.count() == 0) {
      return NONE;
    }
    double lower = ranks.percentile(spec.lower());
    double upper = ranks.percentile(spec.upper());
    return scale(lower, upper, spec.low(), spec.high(), spec.clip(), nonZeroOnly);
  }

  /** A volume of one value only becomes that of its lower end: it has no range to be scaled by. */
  private static Intensity scale(
      double lower, double upper, double low, double high, boolean clip, boolean nonZeroOnly) {
    double factor = upper > lower ? (high - low) / (upper - lower) : 0;
    return new Intensity(
        clip ? lower : Double.NEGATIVE_INFINITY,
        clip ? upper : Double.POSITIVE_INFINITY,
        lower,
        factor,
        low,
        nonZeroOnly);
  }

  private static Intensity ofScore(
      IntensitySpec.ZScore spec, CountedValues values, boolean nonZeroOnly) {
    Double lower = spec.lower();
    Double upper = spec.upper();
    double from = lower == null ? Double.NEGATIVE_INFINITY : lower;
    double to = upper == null ? Double.POSITIVE_INFINITY : upper;
    Double givenMean = spec.mean();
    Double givenDeviation = spec.deviation();
    double mean =
        givenMean == null ? values.mean(value -> Math.max(from, Math.min(to, value))) : givenMean;
    double deviation = givenDeviation == null ? deviation(values, from, to, mean) : givenDeviation;
    double factor = 1 / Math.max(deviation, LEAST_DEVIATION);
    return new Intensity(from, to, mean, factor, 0, nonZeroOnly);
  }

  private static double deviation(CountedValues values, double from, double to, double mean) {
    return Math.sqrt(
        values.mean(
            value -> {
              double difference = Math.max(from, Math.min(to, value)) - mean;
              return difference * difference;
            }));
  }
}
