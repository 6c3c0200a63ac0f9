package org.firstpass.training;

import org.firstpass.geometry.GridSize;

/**
 * How long and on what to train.
 *
 * @param seed of weights, patches and phantoms
 * @param steps updates of the weights, one patch each
 * @param cases how many phantoms there are; they are used in turn
 * @param patch columns are W, rows H, slices D
 * @param learningRate at the start; it falls to nearly nothing along a cosine
 */
record TrainingPlan(int seed, int steps, int cases, GridSize patch, float learningRate) {
  /** Phantoms of training have seeds from here on; those of evaluation lie below. */
  static final long FIRST_TRAINING_SEED = 1_000_000;

  TrainingPlan {
    for (int length : new int[] {patch.columns(), patch.rows(), patch.slices()}) {
      if (length % UNet3d.MULTIPLE != 0) {
        throw new IllegalArgumentException(
            "a patch has multiples of " + UNet3d.MULTIPLE + " voxels, but is " + patch);
      }
    }
    if (steps < 1 || cases < 1) {
      throw new IllegalArgumentException("a plan has steps and cases, but " + steps + ", " + cases);
    }
  }

  long caseSeed(int step) {
    return FIRST_TRAINING_SEED + 10_000L * seed + step % cases;
  }
}
