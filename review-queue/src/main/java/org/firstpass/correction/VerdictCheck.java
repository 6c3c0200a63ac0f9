package org.firstpass.correction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.segment.Verdict;

/** Whether what a reader said of each segment is what the reader painted. */
final class VerdictCheck {
  private VerdictCheck() {}

  /**
   * One verdict per segment of the schema.
   *
   * <p>A segment that was not proposed and not painted needs none: it counts as accepted.
   *
   * @throws InconsistentSubmission naming the segment, what was said and what was found
   */
  static Map<Integer, Verdict> verdicts(
      LabelSchema schema, List<SegmentVerdict> said, Map<Integer, SegmentDifference> differences) {
    Map<Integer, Verdict> verdicts = onePerSegment(schema, said);
    for (int label : SegmentDifference.labels(differences)) {
      if (schema.segment(label).isEmpty()) {
        throw new InconsistentSubmission(
            "label "
                + label
                + " is painted, but schema '"
                + schema.name()
                + "' has no such"
                + " segment");
      }
    }
    for (Segment segment : schema.segments()) {
      SegmentDifference difference = SegmentDifference.of(segment.number(), differences);
      Verdict verdict = verdicts.get(segment.number());
      if (verdict == null) {
        if (difference.proposed() > 0 || difference.current() > 0) {
          throw refusal(segment, "has no verdict, but is " + count(difference));
        }
        verdicts.put(segment.number(), Verdict.ACCEPT);
      } else {
        check(segment, verdict, difference);
      }
    }
    return verdicts;
  }

  private static Map<Integer, Verdict> onePerSegment(
      LabelSchema schema, List<SegmentVerdict> said) {
    var verdicts = new HashMap<Integer, Verdict>();
    for (SegmentVerdict one : said) {
      if (schema.segment(one.number()).isEmpty()) {
        throw new InconsistentSubmission(
            "segment "
                + one.number()
                + " has a verdict, but schema '"
                + schema.name()
                + "' has no such segment");
      }
      if (verdicts.put(one.number(), one.verdict()) != null) {
        throw new InconsistentSubmission("segment " + one.number() + " has two verdicts");
      }
    }
    return verdicts;
  }

  private static void check(Segment segment, Verdict verdict, SegmentDifference difference) {
    switch (verdict) {
      case ACCEPT ->
          require(
              difference.unchanged(), segment, "is ACCEPT, but was changed: " + count(difference));
      case MINOR, MAJOR -> {
        require(difference.proposed() > 0, segment, "is " + verdict + ", but was not proposed");
        require(difference.current() > 0, segment, "is " + verdict + ", but nothing of it is left");
        require(!difference.unchanged(), segment, "is " + verdict + ", but no voxel was changed");
      }
      case REJECT, NOT_ASSESSABLE ->
          require(
              difference.added() == 0,
              segment,
              "is " + verdict + ", but was painted: " + count(difference));
      case MISSING -> {
        require(
            difference.proposed() == 0,
            segment,
            "is MISSING, but was proposed with " + difference.proposed() + " voxels");
        require(difference.current() > 0, segment, "is MISSING, but was not painted");
      }
    }
  }

  private static void require(boolean holds, Segment segment, String message) {
    if (!holds) {
      throw refusal(segment, message);
    }
  }

  private static InconsistentSubmission refusal(Segment segment, String message) {
    return new InconsistentSubmission(
        "segment " + segment.number() + " (" + segment.label() + ") " + message);
  }

  private static String count(SegmentDifference difference) {
    return difference.proposed()
        + " voxels proposed, "
        + difference.added()
        + " added, "
        + difference.removed()
        + " removed";
  }
}
