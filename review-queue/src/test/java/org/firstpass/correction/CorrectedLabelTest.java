package org.firstpass.correction;

import static org.firstpass.segment.SegmentAlgorithmType.AUTOMATIC;
import static org.firstpass.segment.SegmentAlgorithmType.MANUAL;
import static org.firstpass.segment.SegmentAlgorithmType.SEMIAUTOMATIC;
import static org.firstpass.segment.Verdict.ACCEPT;
import static org.firstpass.segment.Verdict.MAJOR;
import static org.firstpass.segment.Verdict.MINOR;
import static org.firstpass.segment.Verdict.MISSING;
import static org.firstpass.segment.Verdict.NOT_ASSESSABLE;
import static org.firstpass.segment.Verdict.REJECT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.event.SegmentDecision;
import org.firstpass.event.SurfaceChange;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.review.ProposalFixture;
import org.firstpass.segment.Verdict;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Segments of the schema: 1 liver, 2 spleen, 3 kidney. */
final class CorrectedLabelTest {
  private static final int[] PROPOSED = {1, 1, 1, 1, 2, 2, 0, 0, 0, 0, 0, 0};

  @Test
  void whatIsAcceptedUnchangedIsTheModelsOwn() {
    CorrectedLabel label = correct(PROPOSED, verdicts(ACCEPT, ACCEPT, ACCEPT));
    assertEquals(List.of(untouched(1), untouched(2), untouched(3)), label.decisions());
    assertEquals(Map.of(1, 4L, 2, 2L, 3, 0L), label.voxels());
    assertLabels(PROPOSED, label);
  }

  @Test
  void theDifferenceCountsAddedAndRemovedVoxelsAndTheirDice() {
    int[] painted = {1, 1, 1, 0, 2, 2, 1, 1, 0, 0, 0, 0};
    CorrectedLabel label = correct(painted, verdicts(MINOR, ACCEPT));
    // Dice = 2 * 3 kept / (4 before + 5 after).
    assertDecision(new SegmentDecision(1, MINOR, SEMIAUTOMATIC, 2, 1, 6 / 9.0), label, 0);
    assertLabels(painted, label);
  }

  @Test
  void aSegmentThatWasRejectedIsNotInTheLabels() {
    CorrectedLabel label = correct(PROPOSED, verdicts(ACCEPT, REJECT));
    assertDecision(new SegmentDecision(2, REJECT, SEMIAUTOMATIC, 0, 2, 0), label, 1);
    assertEquals(new SurfaceChange(0, 0, 2, null), label.decisions().get(1).surface());
    assertLabels(new int[] {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, label);
    assertEquals(0L, label.voxels().get(2));
  }

  @Test
  void aSegmentThatIsNotAssessableIsKeptOut() {
    CorrectedLabel label = correct(PROPOSED, verdicts(NOT_ASSESSABLE, ACCEPT));
    assertLabels(new int[] {0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0}, label);
  }

  @Test
  void aRejectedSegmentMayBePaintedOverByAnother() {
    int[] painted = {1, 1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0};
    CorrectedLabel label = correct(painted, verdicts(MAJOR, REJECT));
    assertLabels(new int[] {1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, label);
  }

  @Test
  void whatWasMissingIsManual() {
    int[] painted = {1, 1, 1, 1, 2, 2, 0, 0, 0, 3, 3, 3};
    CorrectedLabel label = correct(painted, verdicts(ACCEPT, ACCEPT, MISSING));
    assertDecision(new SegmentDecision(3, MISSING, MANUAL, 3, 0, 0), label, 2);
  }

  @Test
  void aSegmentPaintedAnewElsewhereIsManual() {
    int[] painted = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 2, 2};
    CorrectedLabel label = correct(painted, verdicts(ACCEPT, MAJOR));
    assertDecision(new SegmentDecision(2, MAJOR, MANUAL, 2, 2, 0), label, 1);
  }

  @Test
  void aSegmentThatNobodyProposedAndNobodyPaintedNeedsNoVerdict() {
    CorrectedLabel label = correct(PROPOSED, verdicts(ACCEPT, ACCEPT));
    assertEquals(ACCEPT, label.decisions().get(2).verdict());
  }

  @Test
  void whenEverythingIsRejectedNothingIsLeft() {
    CorrectedLabel label = correct(PROPOSED, verdicts(REJECT, REJECT));
    assertTrue(label.isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCEPT", "REJECT", "NOT_ASSESSABLE", "MISSING"})
  void aSegmentThatWasProposedAndPaintedIsNotOneOfThese(Verdict verdict) {
    int[] painted = {1, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 0};
    InconsistentSubmission refused =
        assertThrows(
            InconsistentSubmission.class, () -> correct(painted, verdicts(ACCEPT, verdict)));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("segment 2 (Spleen) is " + verdict));
  }

  @Test
  void acceptWithoutAVoxelThatWasProposedIsRefused() {
    int[] painted = {1, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0};
    assertEquals(
        "segment 2 (Spleen) is ACCEPT, but was changed: 2 voxels proposed, 0 added, 1 removed",
        refusal(painted, verdicts(ACCEPT, ACCEPT)));
  }

  @ParameterizedTest
  @EnumSource(names = {"MINOR", "MAJOR"})
  void aCorrectionThatChangesNothingIsRefused(Verdict verdict) {
    assertEquals(
        "segment 1 (Liver) is " + verdict + ", but no voxel was changed",
        refusal(PROPOSED, verdicts(verdict, ACCEPT)));
  }

  @ParameterizedTest
  @EnumSource(names = {"MINOR", "MAJOR"})
  void aCorrectionThatLeavesNothingIsRefused(Verdict verdict) {
    int[] painted = {1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    assertEquals(
        "segment 2 (Spleen) is " + verdict + ", but nothing of it is left",
        refusal(painted, verdicts(ACCEPT, verdict)));
  }

  @Test
  void missingWithoutPaintIsRefused() {
    assertEquals(
        "segment 3 (Kidney) is MISSING, but was not painted",
        refusal(PROPOSED, verdicts(ACCEPT, ACCEPT, MISSING)));
  }

  @Test
  void aProposedSegmentNeedsAVerdict() {
    assertEquals(
        "segment 2 (Spleen) has no verdict, but is 2 voxels proposed, 0 added, 0 removed",
        refusal(PROPOSED, verdicts(ACCEPT)));
  }

  @Test
  void aLabelThatTheSchemaDoesNotHaveIsRefused() {
    int[] painted = PROPOSED.clone();
    painted[11] = 300;
    assertEquals(
        "label 300 is painted, but schema 'abdomen' has no such segment",
        refusal(painted, verdicts(ACCEPT, ACCEPT)));
  }

  @Test
  void aVerdictOnASegmentThatTheSchemaDoesNotHaveIsRefused() {
    assertEquals(
        "segment 4 has a verdict, but schema 'abdomen' has no such segment",
        refusal(PROPOSED, verdicts(ACCEPT, ACCEPT, ACCEPT, ACCEPT)));
  }

  @Test
  void twoVerdictsOnOneSegmentAreRefused() {
    assertEquals(
        "segment 1 has two verdicts",
        refusal(PROPOSED, List.of(new SegmentVerdict(1, ACCEPT), new SegmentVerdict(1, REJECT))));
  }

  @Test
  void labelsOnAnotherGridAreRefused() {
    LabelMap elsewhere = map(grid(0.5), PROPOSED);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            CorrectedLabel.of(
                ProposalFixture.SCHEMA,
                map(grid(0), PROPOSED),
                elsewhere,
                verdicts(ACCEPT, ACCEPT)));
  }

  /** Slices of 2 x 3 voxels of 0.7 x 0.8 mm, 2.5 mm apart: what is drawn is counted by hand. */
  @Test
  void theSurfaceThatChangedIsMeasuredInMillimetres() {
    int[] painted = {1, 1, 1, 0, 2, 2, 1, 1, 0, 0, 0, 0};
    SurfaceChange change = change(painted, verdicts(MINOR, ACCEPT), 0);
    double corner = Math.hypot(0.7, 0.8) / 2;
    // First slice: the square of four lost its corner, so two lines and a corner are new. Second
    // slice: two voxels in a row, all of whose contour is new.
    assertEquals(3 * corner + 4 * corner + 2 * 0.7, change.addedPathMm(), 1e-12);
    // Proposed 4, now 5 voxels, all on the surface; 3 in both. The lost one has one beside it at
    // 0.7 mm; the new ones lie 2.5 mm below others.
    assertEquals((0.7 + 2.5 + 2.5) / 9, Objects.requireNonNull(change.meanDistanceMm()), 1e-12);
    assertEquals(7 / 9.0, change.surfaceDice(), 1e-12);
    assertEquals(2, change.toleranceMm());
  }

  @Test
  void whatWasNotTouchedHasNoChangeEvenIfItsNeighbourDid() {
    int[] painted = {1, 1, 1, 0, 2, 2, 1, 1, 0, 0, 0, 0};
    assertEquals(new SurfaceChange(0, 1, 2, 0.0), change(painted, verdicts(MINOR, ACCEPT), 1));
  }

  private static SurfaceChange change(int[] painted, List<SegmentVerdict> verdicts, int at) {
    return Objects.requireNonNull(correct(painted, verdicts).decisions().get(at).surface());
  }

  private static SegmentDecision untouched(int segment) {
    var none = new SurfaceChange(0, 1, 2, 0.0);
    return new SegmentDecision(segment, ACCEPT, AUTOMATIC, 0, 0, 1, none);
  }

  /** Compares all but the surface. */
  private static void assertDecision(SegmentDecision expected, CorrectedLabel label, int at) {
    SegmentDecision found = label.decisions().get(at);
    assertEquals(
        expected,
        new SegmentDecision(
            found.segmentNumber(),
            found.verdict(),
            found.algorithmType(),
            found.voxelsAdded(),
            found.voxelsRemoved(),
            found.diceToProposal()));
  }

  private static String refusal(int[] painted, List<SegmentVerdict> verdicts) {
    return String.valueOf(
        assertThrows(InconsistentSubmission.class, () -> correct(painted, verdicts)).getMessage());
  }

  private static CorrectedLabel correct(int[] painted, List<SegmentVerdict> verdicts) {
    return CorrectedLabel.of(
        ProposalFixture.SCHEMA, map(grid(0), PROPOSED), map(grid(0), painted), verdicts);
  }

  private static List<SegmentVerdict> verdicts(Verdict... verdicts) {
    var list = new java.util.ArrayList<SegmentVerdict>();
    for (Verdict verdict : verdicts) {
      list.add(new SegmentVerdict(list.size() + 1, verdict));
    }
    return list;
  }

  private static void assertLabels(int[] expected, CorrectedLabel label) {
    var found = new int[expected.length];
    for (int index = 0; index < found.length; index++) {
      found[index] = label.labels().labelAt(index);
    }
    assertArrayEquals(expected, found);
  }

  private static LabelMap map(GridGeometry grid, int[] values) {
    var labels = new short[values.length];
    for (int index = 0; index < labels.length; index++) {
      labels[index] = (short) values[index];
    }
    return new LabelMap(grid, labels);
  }

  private static GridGeometry grid(double shift) {
    return new GridGeometry(
        new FrameOfReferenceUid("1.2.3"),
        new GridSize(2, 3, 2),
        new Vector3(-10 + shift, 20, 30),
        Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
        new Spacing(0.7, 0.8, 2.5));
  }
}
