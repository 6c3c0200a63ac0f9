package org.firstpass.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.Range;
import org.firstpass.proposal.SegmentShape;
import org.junit.jupiter.api.Test;

final class ExpectedShapesTest {
  @Test
  void whatIsUsualIsTheRangeOfTheReferencesWithAMargin() {
    Map<Integer, ExpectedShape> expected =
        ExpectedShapes.of(
            List.of(
                measure(1, new SegmentShape(9, 100, 1, false)),
                measure(1, new SegmentShape(9, 1234.5678, 3, false)),
                measure(2, new SegmentShape(9, 0.0123456, 1, true)),
                measure(2, new SegmentShape(9, 0.02, 1, false))));
    assertEquals(new ExpectedShape(new Range(80.0, 1540.0), 3, false), expected.get(1));
    assertEquals(new ExpectedShape(new Range(0.00988, 0.025), 1, null), expected.get(2));
  }

  @Test
  void aSegmentThatMayBeAbsentHasNoSmallestVolume() {
    ExpectedShape expected =
        ExpectedShapes.of(
                List.of(
                    measure(1, new SegmentShape(9, 10, 1, false)), measure(1, SegmentShape.ABSENT)))
            .get(1);
    assertEquals(new Range(null, 12.5), expected.volumeMl());
    assertFalse(expected.edgeIsUsual());
  }

  @Test
  void ofASegmentThatWasNeverThereNothingIsExpected() {
    assertNull(ExpectedShapes.of(List.of(measure(1, SegmentShape.ABSENT))).get(1));
  }

  private static SegmentMeasure measure(int number, SegmentShape reference) {
    return new SegmentMeasure("case", number, 1, SegmentShape.ABSENT, reference, List.of());
  }
}
