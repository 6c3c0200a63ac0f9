package org.firstpass.model;

import java.util.List;
import org.firstpass.segment.CodedConcept;

/**
 * A classification head: what the network says of the whole image, (1, classes).
 *
 * @param tensor the name of the output in the graph
 * @param activation what turns it into scores 0..1
 * @param across how the scores of several windows become one
 * @param classes those that are told; others are not
 */
public record FindingSpec(
    String tensor, Activation activation, Across across, List<FindingClass> classes) {
  public FindingSpec {
    Requirement.text("findings.tensor", tensor);
    Requirement.present("findings.activation", activation);
    Requirement.present("findings.across", across);
    classes = Requirement.list("findings.classes", classes);
    Requirement.that(!classes.isEmpty(), "findings.classes must name at least one class");
    Requirement.that(
        classes.stream().map(FindingClass::index).distinct().count() == classes.size(),
        "findings.classes must have each index once");
    Requirement.that(
        classes.stream().map(each -> each.code().value() + each.code().scheme()).distinct().count()
            == classes.size(),
        "findings.classes must have each code once");
  }

  /** How the output is to be read. */
  public enum Activation {
    /** Logits of classes that exclude each other. */
    SOFTMAX,
    /** Logits of classes that each stand alone. */
    SIGMOID,
    /** Fractions 0..1: the graph has its own activation. */
    FRACTION
  }

  /** How the scores of several windows, slices, passes become one. */
  public enum Across {
    MAXIMUM,
    MEAN
  }

  /**
   * One class.
   *
   * @param index in the tensor, from 0
   * @param threshold score from which on it is told as present
   */
  public record FindingClass(int index, CodedConcept code, double threshold) {
    public FindingClass {
      Requirement.that(index >= 0, "findings.classes.index must not be negative");
      Requirement.present("findings.classes.code", code);
      Requirement.that(
          threshold > 0 && threshold < 1, "findings.classes.threshold must lie between 0 and 1");
    }
  }
}
