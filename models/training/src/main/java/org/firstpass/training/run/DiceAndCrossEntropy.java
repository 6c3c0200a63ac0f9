package org.firstpass.training.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The loss: mean cross-entropy per voxel plus one minus the mean soft Dice of the segments. */
public final class DiceAndCrossEntropy {
  /** Keeps Dice of an absent segment defined, and mild where a few voxels are wrong. */
  private static final float SMOOTH = 10;

  private DiceAndCrossEntropy() {}

  /**
   * The loss as a scalar.
   *
   * @param logits (1, classes, D, H, W)
   * @param truth (classes, voxels), one-hot
   */
  public static NDArray of(NDArray logits, NDArray truth) {
    return of(logits, truth, true);
  }

  /**
   * The loss as a scalar.
   *
   * @param logits (1, classes, D, H, W)
   * @param truth (classes, voxels), one-hot; all 0 where nobody knows
   * @param knownEverywhere false if there are such voxels, which then do not count
   */
  public static NDArray of(NDArray logits, NDArray truth, boolean knownEverywhere) {
    long classes = truth.getShape().get(0);
    long voxels = truth.getShape().get(1);
    NDArray logProbability = logits.reshape(new Shape(classes, voxels)).logSoftmax(0);
    NDArray ofTruth = logProbability.mul(truth).sum().neg();
    NDArray probability = logProbability.exp();
    if (knownEverywhere) {
      return ofTruth.div(voxels).add(dice(probability, truth));
    }
    NDArray known = truth.sum(new int[] {0}, true);
    return ofTruth.div(known.sum().maximum(1)).add(dice(probability.mul(known), truth));
  }

  private static NDArray dice(NDArray probability, NDArray truth) {
    NDArray both = probability.mul(truth).sum(new int[] {1});
    NDArray either = probability.sum(new int[] {1}).add(truth.sum(new int[] {1}));
    NDArray dice = both.mul(2).add(SMOOTH).div(either.add(SMOOTH));
    return dice.get("1:").mean().neg().add(1);
  }
}
