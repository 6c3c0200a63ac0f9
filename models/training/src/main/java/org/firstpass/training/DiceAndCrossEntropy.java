package org.firstpass.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The loss: mean cross-entropy per voxel plus one minus the mean soft Dice of the segments. */
final class DiceAndCrossEntropy {
  /** Keeps Dice of an absent segment defined, and mild where a few voxels are wrong. */
  private static final float SMOOTH = 10;

  private DiceAndCrossEntropy() {}

  /**
   * The loss as a scalar.
   *
   * @param logits (1, classes, D, H, W)
   * @param truth (classes, voxels), one-hot
   */
  static NDArray of(NDArray logits, NDArray truth) {
    long classes = truth.getShape().get(0);
    long voxels = truth.getShape().get(1);
    NDArray logProbability = logits.reshape(new Shape(classes, voxels)).logSoftmax(0);
    NDArray crossEntropy = logProbability.mul(truth).sum().neg().div(voxels);
    NDArray probability = logProbability.exp();
    NDArray both = probability.mul(truth).sum(new int[] {1});
    NDArray either = probability.sum(new int[] {1}).add(truth.sum(new int[] {1}));
    NDArray dice = both.mul(2).add(SMOOTH).div(either.add(SMOOTH));
    return crossEntropy.add(dice.get("1:").mean().neg().add(1));
  }
}
