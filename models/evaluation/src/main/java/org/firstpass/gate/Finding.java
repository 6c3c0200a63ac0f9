package org.firstpass.gate;

import java.util.Locale;
import org.firstpass.evaluation.Estimate;
import org.firstpass.evaluation.Trait;
import org.jspecify.annotations.Nullable;

/**
 * What one rule found.
 *
 * @param segmentNumber null if the rule is not about a segment
 * @param trait null if the rule is about all cases
 * @param value of the trait; empty if the rule is about all cases
 * @param difference candidate minus served; null if there was nothing to compare
 * @param limit that the difference was held against
 */
public record Finding(
    Rule rule,
    @Nullable Integer segmentNumber,
    @Nullable Trait trait,
    String value,
    @Nullable Estimate difference,
    double limit,
    boolean passed) {

  /** What is asked. */
  public enum Rule {
    /** The interval of the difference of Dice lies above minus the margin. */
    DICE("Dice"),
    /** The same of surface Dice. */
    SURFACE_DICE("surface Dice"),
    /** The interval of the difference of added path lengths lies below the margin. */
    EFFORT("added path length (mm)"),
    /** The interval of the difference of expected calibration errors lies below the margin. */
    CALIBRATION("expected calibration error"),
    /** The mean difference of Dice in a subgroup lies above minus the margin. */
    SUBGROUP("Dice in a subgroup");

    private final String title;

    Rule(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /** In one line, for people. */
  public String words() {
    String where =
        (segmentNumber == null ? "" : " of segment " + segmentNumber)
            + (trait == null ? "" : ", " + trait.title() + " " + value);
    if (difference == null) {
      return rule.title() + where + ": nothing to compare";
    }
    return String.format(
        Locale.ROOT,
        "%s%s: difference %.4f%s, limit %.4f, %d patients: %s",
        rule.title(),
        where,
        difference.value(),
        interval(difference),
        limit,
        difference.patients(),
        passed ? "holds" : "does not hold");
  }

  private static String interval(Estimate difference) {
    Double low = difference.low();
    Double high = difference.high();
    return low == null || high == null
        ? ""
        : String.format(Locale.ROOT, " [%.4f, %.4f]", low, high);
  }
}
