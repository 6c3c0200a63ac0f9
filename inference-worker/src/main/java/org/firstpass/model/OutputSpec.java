package org.firstpass.model;

import org.jspecify.annotations.Nullable;

/**
 * What the network answers: (1, channels, D, H, W), or (1, 1, D, H, W) label values for {@link
 * Activation#ARGMAX}.
 *
 * @param tensor the name of the output in the graph
 * @param activation what turns it into probabilities
 * @param channels how many classes it tells apart, background among them where it is one
 * @param threshold for classes that stand alone: from which probability on; 0.5 if null
 */
public record OutputSpec(
    String tensor, Activation activation, int channels, @Nullable Double threshold) {
  private static final double DEFAULT_THRESHOLD = 0.5;

  public OutputSpec {
    Requirement.present("output.activation", activation);
    tensor = tensor == null ? "" : tensor;
    if (activation == Activation.NONE) {
      Requirement.that(
          channels == 0 && tensor.isEmpty(),
          "output without activation has no tensor and no channels");
    } else {
      Requirement.text("output.tensor", tensor);
      Requirement.that(
          channels >= 1 && (channels >= 2 || activation.standsAlone()),
          "output.channels must be at least 2, or 1 for classes that stand alone, but is "
              + channels);
    }
    Requirement.that(
        threshold == null || threshold > 0 && threshold < 1,
        "output.threshold must lie between 0 and 1");
    Requirement.that(
        threshold == null || activation.standsAlone(),
        "output.threshold is for classes that stand alone, not for output.activation "
            + activation);
  }

  public double effectiveThreshold() {
    return threshold == null ? DEFAULT_THRESHOLD : threshold;
  }

  /** How the output is to be read. */
  public enum Activation {
    /** Logits of classes that exclude each other. */
    SOFTMAX,
    /** Logits of classes that each stand alone; where several say yes, the surest wins. */
    SIGMOID,
    /**
     * Logits of regions that may contain each other; where several say yes, the one that is named
     * last in {@code labels.segments} wins: nnU-Net's region-based training.
     */
    REGIONS,
    /** Fractions 0..1 of classes that each stand alone: the graph has its own sigmoid. */
    FRACTION,
    /** Label values: the graph has decided already. */
    ARGMAX,
    /** Nothing for voxels: the package has findings for the whole image only. */
    NONE;

    /** Whether each class says yes or no for itself. */
    public boolean standsAlone() {
      return this == SIGMOID || this == REGIONS || this == FRACTION;
    }
  }
}
