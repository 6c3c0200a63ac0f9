package org.firstpass.training.data;

import java.util.SplittableRandom;
import org.firstpass.geometry.GridSize;

/**
 * Changes the values of a window as other scanners and doses would: noise, blur, brightness,
 * contrast, a coarser grid, gamma; each now and then, with nnU-Net's shares and ranges.
 *
 * @see "Isensee et al., nnU-Net, Nature Methods 18 (2021), supplement, data augmentation"
 */
public final class Augmentation {
  private Augmentation() {}

  /** A window of the same labels with other values. */
  public static Window of(Window window, SplittableRandom draw) {
    float[] values = window.values().clone();
    GridSize size = window.size();
    if (draw.nextDouble() < 0.1) {
      noise(values, 0.1 * draw.nextDouble() * deviation(values), draw);
    }
    if (draw.nextDouble() < 0.2) {
      values = Smoothing.gaussian(values, size, 0.5 + 0.5 * draw.nextDouble());
    }
    if (draw.nextDouble() < 0.15) {
      linear(values, 0.75 + 0.5 * draw.nextDouble(), 0);
    }
    if (draw.nextDouble() < 0.15) {
      contrast(values, 0.75 + 0.5 * draw.nextDouble());
    }
    if (draw.nextDouble() < 0.25) {
      values = Smoothing.coarser(values, size, 0.5 + 0.5 * draw.nextDouble());
    }
    if (draw.nextDouble() < 0.3) {
      gamma(values, 0.7 + 0.8 * draw.nextDouble());
    }
    return new Window(size, values, window.channels());
  }

  private static void noise(float[] values, double deviation, SplittableRandom draw) {
    // The sum of four even draws is near enough to a bell, and costs no logarithm.
    double scale = deviation * Math.sqrt(3);
    for (int i = 0; i < values.length; i++) {
      double sum =
          draw.nextDouble() + draw.nextDouble() + draw.nextDouble() + draw.nextDouble() - 2;
      values[i] += (float) (scale * sum);
    }
  }

  private static void linear(float[] values, double factor, double offset) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor + offset);
    }
  }

  /** About the mean, within the range that there was. */
  private static void contrast(float[] values, double factor) {
    Range range = Range.of(values);
    double mean = mean(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = range.clipped(mean + (values[i] - mean) * factor);
    }
  }

  /** Mean and deviation stay: what is water must not become fat. */
  private static void gamma(float[] values, double exponent) {
    Range range = Range.of(values);
    double width = range.high() - range.low();
    if (width <= 0) {
      return;
    }
    double mean = mean(values);
    double deviation = deviation(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.pow((values[i] - range.low()) / width, exponent);
    }
    double bentMean = mean(values);
    double factor = deviation / deviation(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + (values[i] - bentMean) * factor);
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  private record Range(double low, double high) {
    static Range of(float[] values) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (float value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      return new Range(low, high);
    }

    float clipped(double value) {
      return (float) Math.max(low, Math.min(high, value));
    }
  }
}
