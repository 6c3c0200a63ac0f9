package org.firstpass.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Why a task is read before another: the sum of parts that each say what they are.
 *
 * @param strategy the name of the {@link SelectionStrategy} that made it
 */
public record PriorityScore(String strategy, List<Part> parts) {
  public PriorityScore {
    parts = List.copyOf(parts);
  }

  /** The sum of the points of all parts; the task with the largest is read next. */
  public double total() {
    return parts.stream().mapToDouble(Part::points).sum();
  }

  /** With the points that somebody asked for when the task was made, if there are any. */
  public PriorityScore withAsked(double points) {
    if (points == 0) {
      return this;
    }
    var all = new ArrayList<>(parts);
    all.add(
        new Part(
            "asked",
            1,
            points,
            String.format(Locale.ROOT, "Whoever asked for this reading gives %+.0f.", points)));
    return new PriorityScore(strategy, all);
  }

  /**
   * One reason.
   *
   * @param name of the reason, the same for every task
   * @param weight how many points a value of 1 is worth
   * @param value what was measured, usually 0 to 1
   * @param sentence for the reader
   */
  public record Part(String name, double weight, double value, String sentence) {
    public Part {
      if (!Double.isFinite(weight) || !Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "part " + name + " has finite weight and value, but has " + weight + " and " + value);
      }
    }

    public double points() {
      return weight * value;
    }
  }
}
