package org.firstpass.dataset.split;

/** Which percentage of the patients each split is to get, in the long run. */
public record SplitProportions(int training, int validation, int test) {
  public static final SplitProportions DEFAULT = new SplitProportions(70, 15, 15);

  public SplitProportions {
    if (training < 0 || validation < 0 || test < 0 || training + validation + test != 100) {
      throw new IllegalArgumentException(
          "split proportions are percentages that add up to 100, but are "
              + training
              + "/"
              + validation
              + "/"
              + test);
    }
  }

  /** The split of a fraction from 0 (inclusive) to 1 (exclusive). */
  Split at(double fraction) {
    if (fraction * 100 < training) {
      return Split.TRAINING;
    }
    return fraction * 100 < training + validation ? Split.VALIDATION : Split.TEST;
  }

  @Override
  public String toString() {
    return training + "/" + validation + "/" + test;
  }
}
