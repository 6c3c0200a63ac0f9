package org.firstpass.prepare;

import java.util.Arrays;
import org.firstpass.model.IntensitySpec;

/** The intensity rules of manifests, applied in place to the values of a whole grid. */
final class Intensity {
  private static final double PERCENT = 100;

  private Intensity() {}

  static void apply(IntensitySpec spec, float[] values) {
    if (spec instanceof IntensitySpec.Window window) {
      scale(values, window.lower(), window.upper(), true);
    } else if (spec instanceof IntensitySpec.Percentiles percentiles) {
      scalePercentiles(values, percentiles);
    } else if (spec instanceof IntensitySpec.ZScore score) {
      standardise(values, score);
    }
  }

  private static void scalePercentiles(float[] values, IntensitySpec.Percentiles spec) {
    double lower;
    double upper;
    if (spec.lower() == 0 && spec.upper() == PERCENT) {
      lower = minimum(values);
      upper = maximum(values);
    } else {
      float[] sorted = values.clone();
      Arrays.parallelSort(sorted);
      lower = percentile(sorted, spec.lower());
      upper = percentile(sorted, spec.upper());
    }
    scale(values, lower, upper, spec.clip());
  }

  /** As NumPy's default: linear between the two nearest ranks. */
  private static double percentile(float[] sorted, double percent) {
    double rank = (sorted.length - 1) * percent / PERCENT;
    int low = (int) rank;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (rank - low) * ((double) sorted[high] - sorted[low]);
  }

  /** A volume of one value only becomes 0 throughout: it has no range to be scaled by. */
  private static void scale(float[] values, double lower, double upper, boolean clip) {
    double factor = upper > lower ? 1 / (upper - lower) : 0;
    for (int i = 0; i < values.length; i++) {
      double scaled = (values[i] - lower) * factor;
      values[i] = (float) (clip ? Math.max(0, Math.min(1, scaled)) : scaled);
    }
  }

  private static void standardise(float[] values, IntensitySpec.ZScore spec) {
    Double lower = spec.lower();
    Double upper = spec.upper();
    double from = lower == null ? Double.NEGATIVE_INFINITY : lower;
    double to = upper == null ? Double.POSITIVE_INFINITY : upper;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(from, Math.min(to, values[i]));
    }
    Double givenMean = spec.mean();
    Double givenDeviation = spec.deviation();
    double mean = givenMean == null ? mean(values) : givenMean;
    double deviation = givenDeviation == null ? deviation(values, mean) : givenDeviation;
    double factor = 1 / Math.max(deviation, 1e-8);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((values[i] - mean) * factor);
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values, double mean) {
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  private static float minimum(float[] values) {
    float minimum = Float.POSITIVE_INFINITY;
    for (float value : values) {
      minimum = Math.min(minimum, value);
    }
    return minimum;
  }

  private static float maximum(float[] values) {
    float maximum = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      maximum = Math.max(maximum, value);
    }
    return maximum;
  }
}
