package org.firstpass.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.UsualVolume;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.event.ProposalMade;
import org.firstpass.event.SegmentDecision;
import org.firstpass.event.SegmentScore;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewCase;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TaskAnswer;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.study.Sha256;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VolumeRowsTest {
  /** Of the fixture's proposals: 1000 voxels are 12.5 mL. */
  private static final double VOXEL_ML = 0.0125;

  private static final int ENOUGH = UsualVolume.LEAST_CASES;
  private static QueueFixture fixture;
  private static VolumeRows volumes;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    volumes = new VolumeRows(fixture.database);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @Test
  void theUsualVolumeIsOfTheVoxelsThatWereAcceptedAndOfTheirSize() {
    for (int number = 1; number <= 21; number++) {
      correct(fixture.propose(number), Map.of(1, 1000L + number, 2, 0L), Verdict.MINOR);
    }
    List<UsualVolume> usual = volumes.usualFor(ProposalFixture.proposal(100));
    assertEquals(List.of(1), usual.stream().map(UsualVolume::segment).toList());
    UsualVolume liver = usual.get(0);
    assertEquals(21, liver.cases());
    assertEquals(1, liver.share(), 1e-12);
    assertEquals(1011 * VOXEL_ML, liver.medianMl(), 1e-9);
    assertEquals(1011 * VOXEL_ML / 1.25, liver.leastMl(), 1e-9);
    assertEquals(1011 * VOXEL_ML * 1.25, liver.largestMl(), 1e-9);
  }

  @Test
  void aSegmentThatSomeCasesLackHasTheShareThatHaveIt() {
    for (int number = 1; number <= 40; number++) {
      long spleen = number % 2 == 0 ? 300 : 0;
      correct(fixture.propose(number), Map.of(1, 1000L, 2, spleen), Verdict.MINOR);
    }
    List<UsualVolume> usual = volumes.usualFor(ProposalFixture.proposal(100));
    assertEquals(List.of(1.0, 0.5), usual.stream().map(UsualVolume::share).toList());
  }

  @Test
  void fewCasesSayNothing() {
    for (int number = 1; number < ENOUGH; number++) {
      correct(fixture.propose(number), Map.of(1, 1000L), Verdict.MINOR);
    }
    assertEquals(List.of(), volumes.usualFor(ProposalFixture.proposal(100)));
  }

  @Test
  void neitherOtherPackagesNorTheSeriesItselfNorWhatNobodyCouldAssessCount() {
    for (int number = 1; number <= ENOUGH; number++) {
      ProposalMade other =
          ProposalFixture.by(
              ProposalFixture.proposal(number),
              ProposalFixture.model("other", "1.0"),
              ProposalFixture.TIME);
      fixture.intake.accept(other);
      correct(other, Map.of(1, 1000L), Verdict.MINOR);
      correct(fixture.propose(50 + number), Map.of(1, 1000L), Verdict.NOT_ASSESSABLE);
    }
    assertEquals(List.of(), volumes.usualFor(ProposalFixture.proposal(100)));
    for (int number = 1; number <= ENOUGH; number++) {
      correct(fixture.propose(100 + number), Map.of(1, 1000L), Verdict.MINOR);
    }
    assertEquals(ENOUGH, volumes.usualFor(ProposalFixture.proposal(100)).get(0).cases());
    assertEquals(List.of(), volumes.usualFor(ProposalFixture.proposal(101)));
  }

  @Test
  void casesInWhichNothingWasProposedHaveNoKnownVoxels() {
    for (int number = 1; number <= ENOUGH; number++) {
      ProposalMade plain = ProposalFixture.proposal(number);
      ProposalMade empty =
          ProposalFixture.with(plain, List.of(new SegmentScore(1, 0, 0, 0)), plain.notes());
      fixture.intake.accept(empty);
      correct(empty, Map.of(1, 1000L), Verdict.MISSING);
    }
    assertEquals(List.of(), volumes.usualFor(ProposalFixture.proposal(100)));
  }

  @Test
  void ofATaskThatWasReadTwiceTheLastDecisionCounts() {
    for (int number = 1; number <= ENOUGH; number++) {
      correct(fixture.propose(number), Map.of(1, 1000L), Verdict.MINOR);
    }
    fixture.database.useTransaction(
        handle ->
            handle.execute(
                "insert into review.revision select gen_random_uuid(), task_id, number + 1, kind,"
                    + " id, base_proposal, '2.25.' || row_number() over (), author, at,"
                    + " active_millis, submission, label_digest,"
                    + " replace(outcome, '1000', '3000') from review.revision"));
    UsualVolume liver = volumes.usualFor(ProposalFixture.proposal(100)).get(0);
    assertEquals(ENOUGH, liver.cases());
    assertEquals(3000 * VOXEL_ML, liver.medianMl(), 1e-9);
  }

  private static void correct(ProposalMade proposal, Map<Integer, Long> voxels, Verdict verdict) {
    var task = ReviewCase.taskOf(proposal.id());
    var claimed = (ReviewTask.Claimed) ((TaskAnswer.Done) fixture.queue.claim(task, "anna")).task();
    ObjectReference object = ProposalFixture.object("of " + task, "application/dicom");
    List<SegmentDecision> decisions =
        List.of(new SegmentDecision(1, verdict, SegmentAlgorithmType.SEMIAUTOMATIC, 5, 5, 0.9));
    var outcome =
        new CorrectionRevision.Outcome(object, object, decisions, voxels, object.digest());
    var fence = new Fence("anna", claimed.lease().transaction());
    var id = CorrectionRevision.idOf(task, fence.transaction());
    var revision =
        new CorrectionRevision(
            id,
            task,
            fence,
            fixture.clock.instant(),
            proposal.id(),
            Sha256.of(new byte[] {1}),
            outcome,
            1000);
    fixture.corrections.keep(
        revision,
        new CorrectionAccepted(
            id,
            fixture.clock.instant(),
            proposal.input(),
            task,
            proposal.id(),
            proposal.modelPackage(),
            proposal.schema(),
            proposal.labels(),
            object,
            object,
            decisions,
            "anna",
            1000),
        Duration.ZERO);
  }
}
