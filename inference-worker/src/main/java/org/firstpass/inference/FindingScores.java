package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.ImageFinding;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.model.FindingSpec;
import org.firstpass.model.FindingSpec.Across;
import org.firstpass.model.FindingSpec.FindingClass;

/**
 * What a classification head says of the windows of an image, and what that makes of the image: the
 * activation turns each window's values into scores 0..1, and the largest or the mean over windows,
 * slices and passes counts. Windows that were not run say nothing; if none was run, every score is
 * 0. One thread at a time.
 */
final class FindingScores {
  private final FindingSpec spec;
  private final double[] scores;
  private int windows;

  FindingScores(FindingSpec spec) {
    this.spec = spec;
    this.scores = new double[spec.classes().size()];
  }

  /**
   * The number of classes of a graph's output (N, classes).
   *
   * @throws Defect PACKAGE_INVALID if it has another shape, leaves the number open, or has fewer
   *     classes than the manifest names
   */
  static long requireClasses(FindingSpec spec, TensorShape stated) {
    long classes = stated.axes().size() == 2 ? stated.axes().get(1) : TensorShape.ANY;
    int largest = spec.classes().stream().mapToInt(FindingClass::index).max().orElse(0);
    if (stated.element() != TensorShape.Element.FLOAT32 || classes <= largest) {
      throw new Defect(
          ReasonCode.PACKAGE_INVALID,
          "output '"
              + spec.tensor()
              + "' must be FLOAT32 (N, classes) with more than "
              + largest
              + " classes, is "
              + stated);
    }
    return classes;
  }

  /**
   * Adds what the head said of one window.
   *
   * @throws Defect OUTPUT_NOT_FINITE if that is no number
   */
  void add(float[] values) {
    double[] activated = activated(values);
    for (int at = 0; at < scores.length; at++) {
      double score = activated[spec.classes().get(at).index()];
      scores[at] = spec.across() == Across.MEAN ? scores[at] + score : Math.max(scores[at], score);
    }
    windows++;
  }

  List<ImageFinding> findings() {
    List<ImageFinding> findings = new ArrayList<>();
    for (int at = 0; at < scores.length; at++) {
      FindingClass each = spec.classes().get(at);
      double score = spec.across() == Across.MEAN ? scores[at] / Math.max(1, windows) : scores[at];
      findings.add(new ImageFinding(each.code(), score, score >= each.threshold()));
    }
    return findings;
  }

  private double[] activated(float[] values) {
    var activated = new double[values.length];
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new Defect(
            ReasonCode.OUTPUT_NOT_FINITE,
            "output '" + spec.tensor() + "' must be finite, but is " + value);
      }
      largest = Math.max(largest, value);
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      activated[i] =
          switch (spec.activation()) {
            case SOFTMAX -> Math.exp(values[i] - largest);
            case SIGMOID -> 1 / (1 + Math.exp(-values[i]));
            case FRACTION -> Math.max(0, Math.min(1, values[i]));
          };
      sum += activated[i];
    }
    for (int i = 0; spec.activation() == FindingSpec.Activation.SOFTMAX && i < values.length; i++) {
      activated[i] /= sum;
    }
    return activated;
  }
}
