package org.firstpass.correction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.firstpass.review.ProposalFixture;
import org.firstpass.segment.Verdict;
import org.firstpass.server.CaseFixture;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;

final class DerivedVerdictsTest {
  private static final LabelMap PROPOSED = CaseFixture.proposed("derived");

  @Test
  void whatIsAsProposedIsAcceptedAndWhatIsNowhereHasNoVerdict() {
    assertEquals(
        List.of(new SegmentVerdict(1, Verdict.ACCEPT), new SegmentVerdict(2, Verdict.ACCEPT)),
        verdicts(CaseFixture.proposedLabels()));
  }

  @Test
  void whatIsGoneIsRejectedAndWhatIsNewWasMissing() {
    short[] painted = CaseFixture.proposedLabels();
    Arrays.fill(painted, 0, 30, (short) 0);
    painted[100] = 3;
    assertEquals(
        List.of(
            new SegmentVerdict(1, Verdict.REJECT),
            new SegmentVerdict(2, Verdict.ACCEPT),
            new SegmentVerdict(3, Verdict.MISSING)),
        verdicts(painted));
  }

  @Test
  void whatIsChangedIsMinorFromADiceOfEightTenthsAndMajorBelow() {
    // 12 voxels proposed: 8 kept is 2*8/(12+8) = 0.8, 7 kept is 14/19 = 0.737.
    for (int kept : new int[] {8, 7}) {
      short[] painted = CaseFixture.proposedLabels();
      Arrays.fill(painted, 30 + kept, 42, (short) 0);
      assertEquals(kept == 8 ? Verdict.MINOR : Verdict.MAJOR, verdicts(painted).get(1).verdict());
    }
  }

  @Test
  void theyAreWhatASubmissionAllows() {
    short[] painted = CaseFixture.proposedLabels();
    Arrays.fill(painted, 0, 30, (short) 0);
    painted[100] = 3;
    painted[41] = 0;
    var map = new LabelMap(CaseFixture.grid("derived"), painted);
    CorrectedLabel label =
        CorrectedLabel.of(ProposalFixture.SCHEMA, PROPOSED, map, verdicts(painted));
    assertEquals(SubmittedLabels.digest(map), SubmittedLabels.digest(label.labels()));
  }

  private static List<SegmentVerdict> verdicts(short[] painted) {
    return DerivedVerdicts.of(
        ProposalFixture.SCHEMA, PROPOSED, new LabelMap(CaseFixture.grid("derived"), painted));
  }
}
