package org.firstpass.evaluation.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a simulation.
 *
 * @param pool how many cases could be chosen
 * @param heldOut how many cases the learner was measured on
 * @param randomShare of the picks that was by lot under every rule
 * @param seeds how often it was run
 * @param curves one per rule
 */
public record LearningCurves(
    int pool, int heldOut, double randomShare, int seeds, List<Curve> curves) {
  public LearningCurves {
    curves = List.copyOf(curves);
  }

  /**
   * The curve of a rule.
   *
   * @param points after one case, after two and so on
   * @param gain over random order, the mean over all points; null for random order itself
   */
  public record Curve(PickRule rule, List<Point> points, @Nullable Interval gain) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * How the learner does.
   *
   * @param cases it was trained on
   * @param dice mean over segments and held-out cases, then over seeds
   */
  public record Point(int cases, Interval dice) {}

  /**
   * A mean over seeds.
   *
   * @param low the 2.5th percentile of bootstrap draws of seeds
   * @param high the 97.5th
   */
  public record Interval(double mean, double low, double high) {}
}
