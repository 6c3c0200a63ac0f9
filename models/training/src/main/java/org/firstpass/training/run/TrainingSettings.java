package org.firstpass.training.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be trained and how.
 *
 * @param dataset folder of an exported data set
 * @param base folder of the package whose network is trained on; empty to begin from nothing
 * @param out folder of the package to be made, which must not be there
 * @param steps updates of the weights, one window each
 * @param seed of everything drawn
 * @param threads cores that may be used
 * @param minutes after which it stops with what it has; empty for no limit
 * @param learningRate at its height; empty for the usual one
 * @param frozen beginnings of the names of weights that are left as they are
 * @param logs TensorBoard's folder, to which the run is added
 * @param gpu whether to compute on a GPU
 */
public record TrainingSettings(
    Path dataset,
    Optional<Path> base,
    Path out,
    String name,
    String version,
    int steps,
    long seed,
    int threads,
    Optional<Double> minutes,
    Optional<Float> learningRate,
    List<String> frozen,
    Optional<Path> logs,
    boolean gpu) {
  private static final float FINE_TUNING = 1e-3f;
  private static final float FROM_NOTHING = 3e-3f;

  public TrainingSettings {
    frozen = List.copyOf(frozen);
    if (steps < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "steps and threads are at least 1, but are " + steps + " and " + threads);
    }
  }

  float rate() {
    return learningRate.orElse(base.isPresent() ? FINE_TUNING : FROM_NOTHING);
  }

  /** Beside the package, for what an unfinished training keeps. */
  Path runFolder() {
    return out.resolveSibling(out.getFileName() + ".run");
  }

  /** How many steps lie between two validations. */
  int validationInterval() {
    return Math.max(10, steps / 20);
  }

  /**
   * Rises over the first twentieth, and no faster than in ten steps, while Adam knows little of the
   * gradients; then falls along half a cosine to a hundredth.
   */
  float rate(int step) {
    int rising = Math.max(10, Math.min(50, steps / 20));
    if (step < rising) {
      return rate() * (step + 1) / rising;
    }
    double done = (double) (step - rising) / Math.max(1, steps - rising);
    return (float) (rate() * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * done))));
  }
}
