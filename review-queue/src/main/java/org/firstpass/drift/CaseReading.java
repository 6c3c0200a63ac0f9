package org.firstpass.drift;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.firstpass.drift.DriftGroup.Axis;

/**
 * What one correction cost.
 *
 * @param version package and version that proposed
 * @param segments that were proposed or drawn and could be assessed
 */
public record CaseReading(
    UUID correction,
    Instant at,
    String version,
    Origin origin,
    double activeSeconds,
    List<OfSegment> segments) {
  public CaseReading {
    segments = List.copyOf(segments);
  }

  /** Where it came from; scanner and site are empty if they are not known. */
  public record Origin(String protocol, String scanner, String site) {}

  /**
   * One segment.
   *
   * @param accepted as proposed, or with a minor correction
   * @param addedPathMm none if it was not measured
   */
  public record OfSegment(
      String label, boolean accepted, double dice, OptionalDouble addedPathMm) {}

  /** A figure of a case in a group. */
  record Figure(DriftGroup group, DriftMeasure measure, double value) {}

  /** All figures of the case, in a fixed order. */
  List<Figure> figures() {
    var figures = new ArrayList<Figure>();
    addCase(figures, new DriftGroup(origin.protocol(), Axis.PROTOCOL, ""));
    if (!origin.scanner().isEmpty()) {
      addCase(figures, new DriftGroup(origin.protocol(), Axis.SCANNER, origin.scanner()));
    }
    if (!origin.site().isEmpty()) {
      addCase(figures, new DriftGroup(origin.protocol(), Axis.SITE, origin.site()));
    }
    for (OfSegment segment : segments) {
      var group = new DriftGroup(origin.protocol(), Axis.SEGMENT, segment.label());
      addSegments(figures, group, List.of(segment));
    }
    return figures;
  }

  private void addCase(List<Figure> figures, DriftGroup group) {
    figures.add(new Figure(group, DriftMeasure.ACTIVE_TIME, activeSeconds));
    if (!segments.isEmpty()) {
      addSegments(figures, group, segments);
    }
  }

  private static void addSegments(
      List<Figure> figures, DriftGroup group, List<OfSegment> segments) {
    figures.add(
        new Figure(group, DriftMeasure.NOT_ACCEPTED, mean(segments, s -> s.accepted() ? 0 : 1)));
    figures.add(new Figure(group, DriftMeasure.DICE_LOST, mean(segments, s -> 1 - s.dice())));
    if (segments.stream().allMatch(segment -> segment.addedPathMm().isPresent())) {
      double path = segments.stream().mapToDouble(s -> s.addedPathMm().getAsDouble()).sum();
      figures.add(new Figure(group, DriftMeasure.ADDED_PATH, path));
    }
  }

  private static double mean(List<OfSegment> segments, ToDoubleFunction<OfSegment> figure) {
    return segments.stream().mapToDouble(figure).average().orElse(0);
  }
}
