package org.firstpass.drift;

import java.util.Arrays;

/**
 * Watches one figure, case by case, for becoming worse. Not thread-safe.
 *
 * <p>Of each case it is asked what share of all cases so far, this one included, is at least as
 * bad, ties broken at random. As long as nothing changed, so that every order of the cases is as
 * probable as any other, these shares are independent and uniform, whatever the figure's
 * distribution (a conformal p-value). Each is bet against being uniform; what the bets have won,
 * begun anew with every case (Shiryaev-Roberts), is the statistic. Its mean after n cases without a
 * change is at most n, so that the probability of an alarm within n cases is at most n / threshold.
 *
 * <p>What changes stays among the cases that later ones are compared with, so a change that is slow
 * beside the number of cases is not seen.
 *
 * @see "Vovk, Nouretdinov, Gammerman 2003, ICML; Vovk 2021, Statistical Science 36:595"
 */
public final class ChangeWatch {
  /** Fewer cases say nothing of what is usual. */
  public static final int FEWEST = 30;

  // Bets on small shares: e * p^(e-1), which is 1 in the mean; the mean of several is so as well.
  private static final double[] BETS = {0.6, 0.7, 0.8};

  private final double threshold;
  private double[] sorted = new double[64];
  private int count;
  private double[] shares = new double[64];
  private double statistic;

  /**
   * @param threshold of the statistic: the number of cases that lie, without a change, between
   *     false alarms at the least in the mean
   */
  public ChangeWatch(double threshold) {
    if (!(threshold > 1)) {
      throw new IllegalArgumentException("a threshold is above 1, but is " + threshold);
    }
    this.threshold = threshold;
  }

  /**
   * Takes the next case.
   *
   * @param value larger is worse
   * @param lot 0 to 1, drawn for this case, by which ties are broken
   */
  public void add(double value, double lot) {
    int from = firstAbove(Math.nextDown(value));
    int to = firstAbove(value);
    int worse = count - to;
    int tied = to - from + 1;
    insert(to, value);
    if (count > FEWEST) {
      double share = (worse + lot * tied) / count;
      shares[count - 1] = share;
      bet(share);
    }
  }

  private void bet(double share) {
    // A lot may be 0, and then nothing would be left to win.
    double p = Math.max(share, 0.5 / count / count);
    double won = 0;
    for (double bet : BETS) {
      won += bet * Math.pow(p, bet - 1) / BETS.length;
    }
    statistic = (statistic + 1) * won;
  }

  private void insert(int at, double value) {
    if (count == sorted.length) {
      sorted = Arrays.copyOf(sorted, 2 * count);
      shares = Arrays.copyOf(shares, 2 * count);
    }
    System.arraycopy(sorted, at, sorted, at + 1, count - at);
    sorted[at] = value;
    count++;
  }

  /** The first place with more than a value. */
  private int firstAbove(double value) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Whether the statistic is at the threshold or above it now. */
  public boolean alarms() {
    return statistic >= threshold;
  }

  /** What the bets have won. */
  public double statistic() {
    return statistic;
  }

  /**
   * The case, from 0, with which a change most probably began: that from which on the shares lie
   * furthest below a half, beside how far they would by chance.
   */
  public int change() {
    int change = Math.max(FEWEST, count - 1);
    double below = 0;
    double most = 0;
    for (int since = count - 1; since >= FEWEST; since--) {
      below += 0.5 - shares[since];
      double excess = below / Math.sqrt(count - since);
      if (excess > most) {
        most = excess;
        change = since;
      }
    }
    return change;
  }
}
