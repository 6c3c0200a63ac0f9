package org.firstpass.finding;

import static org.firstpass.finding.TestFindings.BAD;
import static org.firstpass.finding.TestFindings.GOOD;
import static org.firstpass.finding.TestFindings.LESION;
import static org.firstpass.finding.TestFindings.LONG_AXIS;
import static org.firstpass.finding.TestFindings.QUALITY;
import static org.firstpass.finding.TestFindings.at;
import static org.firstpass.finding.TestFindings.heading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.FindingKind;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Protocol;
import org.firstpass.segment.RequestedFinding;
import org.firstpass.segment.RequestedFinding.AppliesTo;
import org.firstpass.segment.Segment;
import org.junit.jupiter.api.Test;

class FindingCheckTest {
  private static final CodedConcept TISSUE = new CodedConcept("85756007", "SCT", "Tissue");
  private static final LabelSchema SCHEMA =
      new LabelSchema(
          "nodes",
          1,
          List.of(
              new Segment(1, "liver", TISSUE, TISSUE, null, "#806040"),
              new Segment(4, "node", TISSUE, LESION, null, "#c06040")));
  private static final Protocol PROTOCOL =
      new Protocol(
          "nodes",
          2,
          "Measure the node.",
          List.of(
              new RequestedFinding(
                  LONG_AXIS, FindingKind.LENGTH, AppliesTo.SEGMENT, Set.of(4), List.of(), 1, 2),
              new RequestedFinding(
                  QUALITY, FindingKind.TAG, AppliesTo.IMAGE, Set.of(), List.of(GOOD, BAD), 1, 1),
              RequestedFinding.optional(LESION, FindingKind.POINT, AppliesTo.IMAGE)));
  private static final FindingCheck CHECK = new FindingCheck(PROTOCOL, SCHEMA, TestFindings.GRID);
  private static final Finding LENGTH =
      new Finding.Length(heading(1, LONG_AXIS, 4), at(2, 3, 4, 11, 5.5));
  private static final Finding ANSWER = new Finding.Tag(heading(2, QUALITY, 0), GOOD);

  @Test
  void takesWhatTheProtocolAsksForAndAllows() {
    var point = new Finding.Point(heading(3, LESION, 0), at(0, -0.5, -0.5));
    assertEquals(List.of(), CHECK.problems(List.of(LENGTH, ANSWER, point)));
  }

  @Test
  void namesEachFindingThatIsMissing() {
    List<FindingProblem> problems = CHECK.problems(List.of());
    assertEquals(
        List.of(FindingFault.FINDING_MISSING, FindingFault.FINDING_MISSING), faults(problems));
    assertTrue(problems.get(0).message().contains("'Long axis' (length) of node"));
    assertTrue(problems.get(1).message().contains("'Image quality' (tag) of the image"));
  }

  @Test
  void countsPerSegment() {
    List<Finding> three = new ArrayList<>(List.of(ANSWER));
    for (int number = 10; number < 13; number++) {
      three.add(new Finding.Length(heading(number, LONG_AXIS, 4), at(2, 3, 4, number, 5)));
    }
    assertEquals(List.of(FindingFault.FINDING_TOO_MANY), faults(CHECK.problems(three)));
    assertEquals(List.of(), CHECK.problems(three.subList(0, 3)));
  }

  @Test
  void refusesWhatIsNotAskedFor() {
    var ofLiver = new Finding.Length(heading(3, LONG_AXIS, 1), at(2, 3, 4, 11, 5.5));
    var asArea = new Finding.Area(heading(4, LONG_AXIS, 4), at(2, 3, 4, 11, 5.5, 3, 5.5));
    var stranger = new Finding.Length(heading(5, LONG_AXIS, 9), at(2, 3, 4, 11, 5.5));
    assertEquals(
        List.of(
            FindingFault.FINDING_NOT_ASKED_FOR,
            FindingFault.FINDING_NOT_ASKED_FOR,
            FindingFault.FINDING_OF_UNKNOWN_SEGMENT),
        faults(CHECK.problems(List.of(LENGTH, ANSWER, ofLiver, asArea, stranger))));
  }

  @Test
  void refusesATagWithoutOneOfItsChoices() {
    var none = new Finding.Tag(heading(2, QUALITY, 0), null);
    var other = new Finding.Tag(heading(2, QUALITY, 0), LESION);
    assertEquals(
        List.of(FindingFault.FINDING_NOT_A_CHOICE), faults(CHECK.problems(List.of(LENGTH, none))));
    assertEquals(
        List.of(FindingFault.FINDING_NOT_A_CHOICE), faults(CHECK.problems(List.of(LENGTH, other))));
  }

  @Test
  void refusesWhatIsDrawnOutsideOfTheImageOnAnySide() {
    double[][] outside = {
      {-0.6, 5, 2}, {19.6, 5, 2}, {5, -0.6, 2}, {5, 9.6, 2}, {5, 5, -0.6}, {5, 5, 4.6}
    };
    for (double[] index : outside) {
      var point = new Finding.Point(heading(3, LESION, 0), at(index[2], index[0], index[1]));
      assertEquals(
          List.of(FindingFault.FINDING_OUTSIDE_IMAGE),
          faults(CHECK.problems(List.of(LENGTH, ANSWER, point))));
    }
    var corner = new Finding.Point(heading(3, LESION, 0), at(4.5, 19.5, 9.5));
    assertEquals(List.of(), CHECK.problems(List.of(LENGTH, ANSWER, corner)));
  }

  @Test
  void anotherWordingOfTheSameCodeIsTheSameConcept() {
    var worded = new CodedConcept("103339001", "SCT", "Längsachse");
    var length = new Finding.Length(heading(1, worded, 4), at(2, 3, 4, 11, 5.5));
    assertEquals(List.of(), CHECK.problems(List.of(length, ANSWER)));
  }

  private static List<FindingFault> faults(List<FindingProblem> problems) {
    return problems.stream().map(FindingProblem::fault).toList();
  }
}
