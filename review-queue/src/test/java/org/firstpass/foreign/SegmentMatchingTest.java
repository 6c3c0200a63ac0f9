package org.firstpass.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.dicom.TrackingUid;
import org.firstpass.foreign.SegmentMatch.By;
import org.firstpass.segment.CodedConcept;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.study.SeriesInstanceUid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SegmentMatchingTest {
  private static final SeriesInstanceUid SERIES = new SeriesInstanceUid("1.2.3");
  private static final CodedConcept TISSUE = new CodedConcept("85756007", "SCT", "Tissue");
  private static final CodedConcept ANATOMY =
      new CodedConcept("123037004", "SCT", "Anatomical Structure");
  private static final CodedConcept KIDNEY = new CodedConcept("64033007", "SCT", "Kidney");
  private static final CodedConcept LIVER = new CodedConcept("10200004", "SCT", "Liver");
  private static final CodedConcept LEFT = new CodedConcept("7771000", "SCT", "Left");
  private static final CodedConcept RIGHT = new CodedConcept("24028007", "SCT", "Right");

  /** Numbers with gaps, so that a number of a label map and a position in a list differ. */
  private static final LabelSchema SCHEMA =
      new LabelSchema(
          "abdomen",
          1,
          List.of(
              new Segment(1, "Liver", ANATOMY, LIVER, null, "#102030"),
              new Segment(2, "Kidney left", ANATOMY, KIDNEY, LEFT, "#102030"),
              new Segment(4, "Kidney right", ANATOMY, KIDNEY, RIGHT, "#102030"),
              new Segment(300, "Lesion", ANATOMY, KIDNEY, RIGHT, "#102030")));

  private static DrawnSegment drawn(int number, String label) {
    return new DrawnSegment(number, true, label, TISSUE, TISSUE, null, "", false);
  }

  private static DrawnSegment coded(
      int number, String label, CodedConcept type, @Nullable CodedConcept modifier) {
    return new DrawnSegment(number, true, label, ANATOMY, type, modifier, "", false);
  }

  private static DrawnSegment tracked(DrawnSegment drawn, int segment) {
    String uid = TrackingUid.of(SERIES, SCHEMA, SCHEMA.segment(segment).orElseThrow());
    return new DrawnSegment(
        drawn.number(),
        drawn.numbered(),
        drawn.label(),
        drawn.category(),
        drawn.type(),
        drawn.modifier(),
        uid,
        false);
  }

  private static List<SegmentMatch> match(DrawnSegment... drawn) {
    return match(Map.of(), drawn);
  }

  private static List<SegmentMatch> match(Map<Integer, Integer> said, DrawnSegment... drawn) {
    return new SegmentMatching(SCHEMA, SERIES, Set.of(1, 2, 4)).match(List.of(drawn), said);
  }

  private static void assertKnown(int target, By by, boolean restored, SegmentMatch match) {
    assertEquals(target, match.target(), match::toString);
    assertEquals(by, match.by());
    assertEquals(restored, match.restored());
  }

  private static void assertAsked(List<Integer> candidates, SegmentMatch match) {
    assertNull(match.target(), match::toString);
    assertEquals(candidates, match.candidates());
  }

  @Test
  void aTrackingUidTellsWhateverTheNumberSays() {
    assertKnown(2, By.TRACKING_UID, false, match(tracked(coded(7, "", KIDNEY, LEFT), 2)).get(0));
    assertKnown(2, By.TRACKING_UID, true, match(tracked(drawn(1, "Segment 1"), 2)).get(0));
  }

  @Test
  void aTrackingUidThatTheCodesOrTheLabelContradictIsAskedAbout() {
    assertAsked(List.of(1, 2), match(tracked(coded(2, "", LIVER, null), 2)).get(0));
    assertAsked(List.of(1, 2), match(tracked(drawn(2, "Liver"), 2)).get(0));
  }

  @Test
  void codesTellSidesApartByTheirModifier() {
    assertKnown(2, By.CODES, false, match(coded(9, "renal", KIDNEY, LEFT)).get(0));
    assertAsked(List.of(), match(coded(9, "renal", LIVER, LEFT)).get(0));
  }

  @Test
  void aSideThatTheObjectDoesNotStateIsToldByTheLabelOnly() {
    assertAsked(List.of(2, 4, 300), match(coded(9, "renal", KIDNEY, null)).get(0));
    assertKnown(4, By.LABEL, true, match(coded(9, "Kidney right", KIDNEY, null)).get(0));
    assertAsked(List.of(2, 4, 300), match(coded(9, "Liver", KIDNEY, null)).get(0));
  }

  @Test
  void codesThatFitSeveralAreToldApartByLabelOnly() {
    assertKnown(300, By.LABEL, false, match(coded(9, "lesion", KIDNEY, RIGHT)).get(0));
    assertAsked(List.of(4, 300), match(coded(9, "something", KIDNEY, RIGHT)).get(0));
  }

  @Test
  void codesThatALabelContradictsAreAskedAbout() {
    assertAsked(List.of(1, 2), match(coded(1, "Kidney left", LIVER, null)).get(0));
  }

  @Test
  void aCodeThatTheProtocolDoesNotHaveIsNeverOneOfItsSegments() {
    var spleen = new CodedConcept("78961009", "SCT", "Spleen");
    assertAsked(List.of(), match(coded(1, "Segment 1", spleen, null)).get(0));
    assertAsked(List.of(1), match(coded(1, "Liver", spleen, null)).get(0));
  }

  @Test
  void aNumberRestoresTheCodesOfWhatWasProposed() {
    assertKnown(1, By.NUMBER, true, match(drawn(1, "Segment 1")).get(0));
    assertKnown(2, By.NUMBER, true, match(drawn(2, "")).get(0));
  }

  @Test
  void aNumberThatMayBeOneOfALabelMapOrAPositionIsAskedAbout() {
    assertAsked(List.of(4, 300), match(drawn(4, "Segment 4")).get(0));
  }

  @Test
  void aNumberOfWhatWasNotProposedIsAskedAbout() {
    assertAsked(List.of(300), match(drawn(300, "Segment 300")).get(0));
  }

  @Test
  void aNumberWithALabelThatIsAnotherOnesIsAskedAbout() {
    assertAsked(List.of(1, 2), match(drawn(1, "Kidney left")).get(0));
    assertAsked(List.of(1), match(drawn(1, "Tumour")).get(0));
    assertAsked(List.of(1), match(drawn(1, "Segment 2")).get(0));
  }

  @Test
  void aRegionOfInterestIsKnownByItsNameAndNeverByItsNumber() {
    var named = new DrawnSegment(4, false, "kidney_left ", null, null, null, "", false);
    assertKnown(2, By.LABEL, true, match(named).get(0));
    var unnamed = new DrawnSegment(1, false, "", null, null, null, "", false);
    assertAsked(List.of(), match(unnamed).get(0));
  }

  @Test
  void twoThatWouldBeTheSameAreBothAskedAbout() {
    List<SegmentMatch> matches = match(drawn(1, "Segment 1"), coded(5, "mine", LIVER, null));
    assertEquals(2, matches.size());
    matches.forEach(match -> assertAsked(List.of(1), match));
  }

  @Test
  void aPersonMaySayThatTwoAreOneAndLeaveOthersOut() {
    List<SegmentMatch> matches =
        match(Map.of(1, 4, 2, 4, 3, 0), drawn(1, "a"), drawn(2, "b"), drawn(3, "c"));
    assertTrue(matches.stream().allMatch(SegmentMatch::isKnown));
    assertEquals(List.of(4, 4, 0), matches.stream().map(SegmentMatch::target).toList());
  }

  @Test
  void whatIsEmptyIsNotAskedAbout() {
    var empty = new DrawnSegment(77, true, "?", TISSUE, TISSUE, null, "", true);
    assertFalse(match(empty, drawn(1, "Segment 1")).stream().anyMatch(m -> m.number() == 77));
  }
}
