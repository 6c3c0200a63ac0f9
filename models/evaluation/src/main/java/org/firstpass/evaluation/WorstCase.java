package org.firstpass.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.firstpass.evaluation.SegmentMeasures.Presence;
import org.jspecify.annotations.Nullable;

/**
 * A segment of a case that was proposed badly.
 *
 * @param correction to be opened; null if the case is not one of this installation
 */
public record WorstCase(
    String name,
    @Nullable UUID correction,
    int segmentNumber,
    double dice,
    double surfaceDice,
    double addedPathMm) {

  /** So many, the least surface Dice first, and the most to draw first where that is equal. */
  static List<WorstCase> of(List<CaseResult> cases, int most) {
    return cases.stream()
        .flatMap(
            each ->
                each.segments().stream()
                    .filter(found -> found.presence() != Presence.NEITHER)
                    .map(found -> of(each.subject(), found)))
        .sorted(
            Comparator.comparingDouble(WorstCase::surfaceDice)
                .thenComparing(Comparator.comparingDouble(WorstCase::addedPathMm).reversed())
                .thenComparing(WorstCase::name)
                .thenComparingInt(WorstCase::segmentNumber))
        .limit(most)
        .toList();
  }

  private static WorstCase of(EvaluatedCase subject, SegmentMeasures found) {
    return new WorstCase(
        subject.name(),
        subject.correction(),
        found.segmentNumber(),
        found.dice(),
        found.surfaceDice(),
        found.addedPathMm());
  }
}
