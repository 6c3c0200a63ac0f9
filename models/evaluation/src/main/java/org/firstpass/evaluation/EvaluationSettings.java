package org.firstpass.evaluation;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How proposals are measured. Two reports can be compared only if they were made with the same.
 *
 * @param toleranceMm within which a surface counts as the same, see {@link SegmentMeasures}
 * @param acceptableDice from which Dice on a stated quality counts as come true
 * @param lesionSegments segments whose connected components are counted as lesions
 * @param lesionIntersectionOverUnion from which a component counts as found, above 0
 * @param bootstrap how intervals are made
 */
public record EvaluationSettings(
    double toleranceMm,
    double acceptableDice,
    SortedSet<Integer> lesionSegments,
    double lesionIntersectionOverUnion,
    Bootstrap bootstrap) {
  /** What is used unless somebody says otherwise; no segment is one of lesions. */
  public static final EvaluationSettings USUAL =
      new EvaluationSettings(2, 0.85, new TreeSet<>(), 0.1, Bootstrap.USUAL);

  public EvaluationSettings {
    // Sorted, so that the same settings are the same JSON.
    lesionSegments = new TreeSet<>(lesionSegments);
    if (!(toleranceMm >= 0) || !Double.isFinite(toleranceMm)) {
      throw new IllegalArgumentException("toleranceMm must be 0 or more, but is " + toleranceMm);
    }
    if (!(acceptableDice > 0 && acceptableDice <= 1)) {
      throw new IllegalArgumentException(
          "acceptableDice must be above 0 and at most 1, but is " + acceptableDice);
    }
    if (!(lesionIntersectionOverUnion > 0 && lesionIntersectionOverUnion <= 1)) {
      throw new IllegalArgumentException(
          "lesionIntersectionOverUnion must be above 0 and at most 1, but is "
              + lesionIntersectionOverUnion);
    }
  }

  public EvaluationSettings withLesions(SortedSet<Integer> segments) {
    return new EvaluationSettings(
        toleranceMm, acceptableDice, segments, lesionIntersectionOverUnion, bootstrap);
  }

  public EvaluationSettings withTolerance(double mm) {
    return new EvaluationSettings(
        mm, acceptableDice, lesionSegments, lesionIntersectionOverUnion, bootstrap);
  }
}
