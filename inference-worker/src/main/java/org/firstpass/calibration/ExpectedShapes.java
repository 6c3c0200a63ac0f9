package org.firstpass.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.Range;
import org.firstpass.proposal.SegmentShape;
import org.jspecify.annotations.Nullable;

/**
 * What is usual of each segment, by its reference labels: the range of its volumes with a margin,
 * the largest number of its components, and whether it ever reached the border of a series.
 *
 * <p>A segment that is absent in some case has no smallest volume, one that is absent in all has
 * nothing that is expected of it.
 */
final class ExpectedShapes {
  /** A smallest volume is divided and a largest multiplied by this. */
  static final double MARGIN = 1.25;

  private static final int DIGITS = 3;

  private ExpectedShapes() {}

  /** By segment number. */
  static Map<Integer, ExpectedShape> of(List<SegmentMeasure> measures) {
    Map<Integer, List<SegmentShape>> byNumber = new TreeMap<>();
    for (SegmentMeasure measure : measures) {
      byNumber
          .computeIfAbsent(measure.segmentNumber(), number -> new ArrayList<>())
          .add(measure.reference());
    }
    Map<Integer, ExpectedShape> expected = new TreeMap<>();
    byNumber.forEach(
        (number, shapes) -> {
          if (shapes.stream().anyMatch(shape -> shape.voxels() > 0)) {
            expected.put(number, usual(shapes));
          }
        });
    return expected;
  }

  private static ExpectedShape usual(List<SegmentShape> shapes) {
    double smallest = shapes.stream().mapToDouble(SegmentShape::volumeMl).min().orElse(0);
    double largest = shapes.stream().mapToDouble(SegmentShape::volumeMl).max().orElse(0);
    @Nullable Double minimum = smallest > 0 ? rounded(smallest / MARGIN) : null;
    int components = shapes.stream().mapToInt(SegmentShape::components).max().orElse(1);
    boolean touches = shapes.stream().anyMatch(SegmentShape::touchesEdge);
    return new ExpectedShape(
        new Range(minimum, rounded(largest * MARGIN)), components, touches ? null : false);
  }

  /** To three significant digits: more would claim more than some cases can tell. */
  private static double rounded(double value) {
    double step = Math.pow(10, Math.floor(Math.log10(value)) - (DIGITS - 1));
    return Double.parseDouble(String.format(Locale.ROOT, "%.6g", Math.rint(value / step) * step));
  }
}
