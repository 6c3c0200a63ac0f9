package org.firstpass.model;

import org.jspecify.annotations.Nullable;

/**
 * What the network answers: (1, channels, D, H, W), or (1, 1, D, H, W) label values for {@link
 * Activation#ARGMAX}.
 *
 * @param tensor the name of the output in the graph
 * @param activation what turns it into probabilities
 * @param channels how many classes it tells apart, background among them where it is one
 * @param threshold for {@link Activation#SIGMOID}: from which probability on; 0.5 if null
 */
public record OutputSpec(
    String tensor, Activation activation, int channels, @Nullable Double threshold) {
  private static final double DEFAULT_THRESHOLD = 0.5;

  public OutputSpec {
    Requirement.text("output.tensor", tensor);
    Requirement.present("output.activation", activation);
    Requirement.that(
        channels >= 1 && (channels >= 2 || activation == Activation.SIGMOID),
        "output.channels must be at least 2, or 1 for a sigmoid, but is " + channels);
    Requirement.that(
        threshold == null || threshold > 0 && threshold < 1,
        "output.threshold must lie between 0 and 1");
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
    /** Label values: the graph has decided already. */
    ARGMAX
  }
}
