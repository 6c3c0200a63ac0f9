package org.firstpass.correction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;
import org.firstpass.volume.LabelMap;

/**
 * The verdicts that labels imply when nobody gave any: of another viewer there is only what it
 * stored.
 *
 * <p>What is as proposed is accepted; what is gone is rejected; what is new was missing; what was
 * changed is MINOR from a Dice of {@value #MINOR_FROM} and MAJOR below.
 */
public final class DerivedVerdicts {
  /** Between two readers of one organ the Dice is rarely lower, so this much is touching up. */
  static final double MINOR_FROM = 0.8;

  private DerivedVerdicts() {}

  /** One verdict for each segment that is proposed or painted. */
  public static List<SegmentVerdict> of(LabelSchema schema, LabelMap proposed, LabelMap painted) {
    Map<Integer, SegmentDifference> differences = SegmentDifference.between(proposed, painted);
    var verdicts = new ArrayList<SegmentVerdict>();
    for (Segment segment : schema.segments()) {
      SegmentDifference difference = SegmentDifference.of(segment.number(), differences);
      if (difference.proposed() > 0 || difference.current() > 0) {
        verdicts.add(new SegmentVerdict(segment.number(), verdict(difference)));
      }
    }
    return verdicts;
  }

  /** The segments that were proposed and of which nothing is painted. */
  public static List<Integer> missing(LabelSchema schema, LabelMap proposed, LabelMap painted) {
    return those(schema, proposed, painted, one -> one.proposed() > 0 && one.current() == 0);
  }

  /** The segments that were proposed and painted and have no voxel in common. */
  public static List<Integer> elsewhere(LabelSchema schema, LabelMap proposed, LabelMap painted) {
    return those(
        schema,
        proposed,
        painted,
        one -> one.proposed() > 0 && one.current() > 0 && one.kept() == 0);
  }

  private static List<Integer> those(
      LabelSchema schema,
      LabelMap proposed,
      LabelMap painted,
      Predicate<SegmentDifference> wanted) {
    Map<Integer, SegmentDifference> differences = SegmentDifference.between(proposed, painted);
    return schema.segments().stream()
        .map(Segment::number)
        .filter(number -> wanted.test(SegmentDifference.of(number, differences)))
        .toList();
  }

  private static Verdict verdict(SegmentDifference difference) {
    if (difference.unchanged()) {
      return Verdict.ACCEPT;
    }
    if (difference.current() == 0) {
      return Verdict.REJECT;
    }
    if (difference.proposed() == 0) {
      return Verdict.MISSING;
    }
    return difference.dice() >= MINOR_FROM ? Verdict.MINOR : Verdict.MAJOR;
  }
}
