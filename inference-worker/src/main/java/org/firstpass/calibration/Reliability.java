package org.firstpass.calibration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How well stated probabilities agree with what came true, in ten bins of equal width.
 *
 * <p>The expected calibration error is the mean distance of a bin's mean probability from the share
 * that came true in it, weighted by how many are in it.
 *
 * @param bins from 0 to 1, each with its lower bound and without its upper one, which only the last
 *     has
 * @see "Naeini, Cooper, Hauskrecht, Obtaining Well Calibrated Probabilities Using Bayesian Binning,
 *     AAAI 2015; Guo et al., On Calibration of Modern Neural Networks, ICML 2017"
 */
public record Reliability(List<Bin> bins) {
  /** How many bins there are. */
  public static final int BINS = 10;

  public Reliability {
    bins = List.copyOf(bins);
    if (bins.size() != BINS) {
      throw new IllegalArgumentException("there are " + BINS + " bins, but got " + bins.size());
    }
  }

  /**
   * One bin.
   *
   * @param meanProbability that was stated in it, 0 if it is empty
   * @param share of it that came true, 0 if it is empty
   */
  public record Bin(long count, double meanProbability, double share) {}

  /** The statements of several, together; empty bins if there are none. */
  public static Reliability together(Collection<Reliability> several) {
    List<Bin> together = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      long count = 0;
      double probabilities = 0;
      double trues = 0;
      for (Reliability each : several) {
        Bin one = each.bins.get(bin);
        count += one.count;
        probabilities += one.count * one.meanProbability;
        trues += one.count * one.share;
      }
      together.add(
          count == 0 ? new Bin(0, 0, 0) : new Bin(count, probabilities / count, trues / count));
    }
    return new Reliability(together);
  }

  public long count() {
    return bins.stream().mapToLong(Bin::count).sum();
  }

  /** 0 to 1; 0 if nothing was stated. */
  public double expectedCalibrationError() {
    double sum = 0;
    for (Bin bin : bins) {
      sum += bin.count * Math.abs(bin.meanProbability - bin.share);
    }
    return count() == 0 ? 0 : sum / count();
  }

  /** Takes one statement at a time. One thread at a time. */
  public static final class Tally {
    private final long[] counts = new long[BINS];
    private final double[] probabilities = new double[BINS];
    private final long[] trues = new long[BINS];

    public void add(double probability, boolean cameTrue) {
      int bin = Math.min(BINS - 1, (int) (probability * BINS));
      counts[bin]++;
      probabilities[bin] += probability;
      trues[bin] += cameTrue ? 1 : 0;
    }

    public Reliability finish() {
      List<Bin> bins = new ArrayList<>();
      for (int bin = 0; bin < BINS; bin++) {
        long count = counts[bin];
        bins.add(
            count == 0
                ? new Bin(0, 0, 0)
                : new Bin(count, probabilities[bin] / count, (double) trues[bin] / count));
      }
      return new Reliability(bins);
    }
  }
}
