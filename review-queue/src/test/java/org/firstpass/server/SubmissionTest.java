package org.firstpass.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.firstpass.correction.CorrectionDesk;
import org.firstpass.correction.CorrectionLedger;
import org.firstpass.correction.CorrectionMetrics;
import org.firstpass.correction.CorrectionRevision;
import org.firstpass.correction.InconsistentSubmission;
import org.firstpass.correction.Painting;
import org.firstpass.correction.Receipt;
import org.firstpass.correction.SegmentVerdict;
import org.firstpass.correction.Submission;
import org.firstpass.correction.SubmitAnswer;
import org.firstpass.correction.SubmittedLabels;
import org.firstpass.dicom.Segmentation;
import org.firstpass.dicom.SegmentationReader;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.EncodedEvent;
import org.firstpass.event.EventCodec;
import org.firstpass.event.FirstpassEvent;
import org.firstpass.event.Outbox;
import org.firstpass.event.ProposalMade;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.postgres.QueueFixture;
import org.firstpass.review.Fence;
import org.firstpass.review.ProposalFixture;
import org.firstpass.review.ReviewState;
import org.firstpass.review.ReviewTask;
import org.firstpass.review.TransactionUid;
import org.firstpass.segment.SegmentAlgorithmType;
import org.firstpass.segment.Verdict;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submissions with a real database and a real store. */
final class SubmissionTest {
  private static final List<SegmentVerdict> ALL_RIGHT =
      List.of(new SegmentVerdict(1, Verdict.ACCEPT), new SegmentVerdict(2, Verdict.ACCEPT));
  private static final List<SegmentVerdict> LIVER_CORRECTED =
      List.of(new SegmentVerdict(1, Verdict.MINOR), new SegmentVerdict(2, Verdict.ACCEPT));

  @TempDir static Path folder;
  private static QueueFixture fixture;
  private static CaseFixture cases;
  private static StoredCases archive;

  @BeforeAll
  static void open() {
    fixture = new QueueFixture();
    cases = new CaseFixture(folder);
    archive = new StoredCases(cases.store, new CaseMemory(1 << 20));
  }

  @BeforeEach
  void clear() {
    fixture.clear();
  }

  @AfterAll
  static void close() {
    archive.close();
    fixture.close();
  }

  @Test
  void anAcceptedProposalIsOneRevisionOneEventAndAnEndedTask() {
    ReviewTask.Claimed task = claimNew("a");
    fixture.clock.advance(java.time.Duration.ofSeconds(30));
    Receipt receipt = accepted(submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 99_000)));
    assertEquals(
        CorrectionRevision.idOf(task.id(), task.lease().transaction()), receipt.correctionId());
    assertEquals(1, receipt.revision());
    assertEquals(java.util.Map.of(1, 30L, 2, 12L, 3, 0L), receipt.voxels());
    assertEquals(SubmittedLabels.digest(CaseFixture.proposed("a")), receipt.digest());
    CorrectionAccepted event = onlyCorrection();
    assertEquals(receipt.correctionId(), event.id());
    assertEquals("anna", event.reader());
    assertEquals(30_000, event.activeMillis());
    assertEquals(event.proposedLabels(), event.acceptedLabels());
    var ended =
        assertInstanceOf(
            ReviewTask.Accepted.class, fixture.queue.find(task.id()).orElseThrow().task());
    assertEquals(receipt.correctionId(), ended.decision().correction());
  }

  @Test
  void theFinalSegmentationHasTheLabelsThatHoldAndSaysWhoMadeEach() {
    ReviewTask.Claimed task = claimNew("b");
    short[] painted = CaseFixture.proposedLabels();
    painted[0] = 0;
    painted[100] = 3;
    var verdicts =
        List.of(
            new SegmentVerdict(1, Verdict.MINOR),
            new SegmentVerdict(2, Verdict.REJECT),
            new SegmentVerdict(3, Verdict.MISSING));
    submit(task, new Submission(verdicts, values("b", painted), 0));
    CorrectionAccepted event = onlyCorrection();
    for (int index = 30; index < 42; index++) {
      painted[index] = 0;
    }
    var expected = new LabelMap(CaseFixture.grid("b"), painted);
    assertTrue(
        LabelMapCodec.decode(cases.store.read(event.acceptedLabels().digest()))
            .contentEquals(expected));
    Segmentation written =
        SegmentationReader.read(() -> cases.store.open(event.segmentation().digest()));
    assertTrue(
        written
            .toLabelMap(archive.image(task.subject().proposal()).geometry(), ProposalFixture.SCHEMA)
            .contentEquals(
                new LabelMap(archive.image(task.subject().proposal()).geometry(), painted)));
    assertEquals(
        List.of(
            SegmentAlgorithmType.SEMIAUTOMATIC,
            SegmentAlgorithmType.SEMIAUTOMATIC,
            SegmentAlgorithmType.MANUAL),
        event.decisions().stream().map(decision -> decision.algorithmType()).toList());
    assertEquals(java.util.Set.of(event.input().reference().series()), written.referencedSeries());
    assertEquals(
        java.util.Set.of(task.subject().proposal().segmentationInstance()), written.predecessors());
  }

  @Test
  void aCorrectionMadeInAViewerComesBackAsSegmentation() {
    ReviewTask.Claimed first = claimNew("c");
    short[] painted = CaseFixture.proposedLabels();
    painted[119] = 1;
    submit(first, new Submission(LIVER_CORRECTED, values("c", painted), 0));
    byte[] viewer = cases.store.read(onlyCorrection().segmentation().digest());
    fixture.clear();
    ReviewTask.Claimed second = claimNew("c");
    Receipt receipt =
        accepted(
            submit(
                second,
                new Submission(LIVER_CORRECTED, Painting.segmentation(viewer, archive), 0)));
    assertEquals(31L, receipt.voxels().get(1));
  }

  @Test
  void aSegmentationOfAnotherSeriesIsRefused() {
    ReviewTask.Claimed first = claimNew("d");
    submit(first, new Submission(ALL_RIGHT, Painting.nothing(), 0));
    byte[] other = cases.store.read(onlyCorrection().segmentation().digest());
    fixture.clear();
    ReviewTask.Claimed second = claimNew("e");
    InconsistentSubmission refused =
        assertThrows(
            InconsistentSubmission.class,
            () ->
                submit(
                    second, new Submission(ALL_RIGHT, Painting.segmentation(other, archive), 0)));
    assertTrue(String.valueOf(refused.getMessage()).contains("was expected, but it is of"));
  }

  @Test
  void theSameSubmitAgainGivesTheSameReceiptAndNoSecondEvent() {
    ReviewTask.Claimed task = claimNew("f");
    Receipt first = accepted(submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 5)));
    fixture.clock.advance(java.time.Duration.ofHours(5));
    Receipt again = accepted(submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 9)));
    assertEquals(first, again);
    onlyCorrection();
    assertEquals(1, fixture.count("select count(*) from review.revision"));
  }

  @Test
  void theSameSubmitTwiceAtOnceIsOneCorrection() throws Exception {
    ReviewTask.Claimed task = claimNew("g");
    var together = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(4);
    try {
      var running = new ArrayList<Future<SubmitAnswer>>();
      for (int submit = 0; submit < 4; submit++) {
        running.add(
            threads.submit(
                () -> {
                  together.await();
                  return submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 0));
                }));
      }
      together.countDown();
      var receipts = new java.util.HashSet<Receipt>();
      for (Future<SubmitAnswer> one : running) {
        receipts.add(accepted(one.get()));
      }
      assertEquals(1, receipts.size());
    } finally {
      threads.shutdownNow();
    }
    onlyCorrection();
  }

  @Test
  void anotherDecisionWithTheSameTransactionIsNotTaken() {
    ReviewTask.Claimed task = claimNew("h");
    Receipt receipt = accepted(submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 0)));
    var other =
        List.of(new SegmentVerdict(1, Verdict.REJECT), new SegmentVerdict(2, Verdict.ACCEPT));
    var decided =
        assertInstanceOf(
            SubmitAnswer.AlreadyDecided.class,
            submit(task, new Submission(other, Painting.nothing(), 0)));
    assertEquals(receipt, decided.receipt());
    assertEquals(1, fixture.count("select count(*) from review.revision"));
  }

  @Test
  void aStaleWriterIsRefusedAndItsWorkIsKeptAside() {
    ReviewTask.Claimed stale = claimNew("i");
    fixture.clock.advance(QueueFixture.LEASE);
    ReviewTask.Claimed current = fixture.queue.claimNext("ben").orElseThrow();
    short[] painted = CaseFixture.proposedLabels();
    painted[119] = 1;
    var late = new Submission(LIVER_CORRECTED, values("i", painted), 0);
    var answer = assertInstanceOf(SubmitAnswer.Stale.class, submit(stale, late));
    assertEquals(ReviewState.CLAIMED, answer.state());
    assertInstanceOf(
        SubmitAnswer.Stale.class,
        submit(stale, new Submission(LIVER_CORRECTED, values("i", painted), 0)));
    assertEquals(
        1,
        fixture.count(
            "select count(*) from review.revision where kind = 'SIDE' and author = 'anna'"));
    assertEquals(List.of(), corrections());
    Receipt receipt =
        accepted(submit(current, new Submission(ALL_RIGHT, Painting.nothing(), 0), "ben"));
    assertEquals(2, receipt.revision());
    assertEquals("ben", onlyCorrection().reader());
  }

  @Test
  void anExpiredLeaseThatNobodyTookMayStillSubmit() {
    ReviewTask.Claimed task = claimNew("j");
    fixture.clock.advance(QueueFixture.LEASE.multipliedBy(3));
    accepted(submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 0)));
  }

  @Test
  void aCrashBetweenStoreAndCommitLeavesTheTaskClaimedAndTheRetryIsOneCorrection() {
    ReviewTask.Claimed task = claimNew("k");
    var crashing =
        new CorrectionLedger() {
          @Override
          public Optional<Kept> find(UUID id, TransactionUid transaction) {
            return fixture.corrections.find(id, transaction);
          }

          @Override
          public Answer keep(
              CorrectionRevision revision, CorrectionAccepted event, Duration grace) {
            throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "gone before the commit");
          }
        };
    assertThrows(
        TryAgainLater.class,
        () ->
            desk(crashing)
                .submit(
                    task.id(),
                    fence(task, "anna"),
                    new Submission(ALL_RIGHT, Painting.nothing(), 0)));
    assertEquals(task, fixture.queue.find(task.id()).orElseThrow().task());
    assertEquals(List.of(), corrections());
    accepted(submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 0)));
    onlyCorrection();
  }

  @Test
  void whenTheEventCannotBeWrittenNeitherDecisionNorRevisionIs() {
    ReviewTask.Claimed task = claimNew("l");
    fixture.database.useTransaction(
        handle -> handle.execute("alter table review.outbox rename to outbox_gone"));
    try {
      assertThrows(
          RuntimeException.class,
          () -> submit(task, new Submission(ALL_RIGHT, Painting.nothing(), 0)));
    } finally {
      fixture.database.useTransaction(
          handle -> handle.execute("alter table review.outbox_gone rename to outbox"));
    }
    assertEquals(task, fixture.queue.find(task.id()).orElseThrow().task());
    assertEquals(0, fixture.count("select count(*) from review.revision"));
  }

  @Test
  void aRevisionIsNeverChangedNorDeleted() {
    submit(claimNew("m"), new Submission(ALL_RIGHT, Painting.nothing(), 0));
    for (String change :
        List.of("update review.revision set author = 'eve'", "delete from review.revision")) {
      assertThrows(
          RuntimeException.class,
          () -> fixture.database.useTransaction(handle -> handle.execute(change)));
    }
  }

  @Test
  void aTaskThatDoesNotExistIsUnknown() {
    var fence = new Fence("anna", TransactionUid.of(new UUID(1, 1)));
    assertInstanceOf(
        SubmitAnswer.Unknown.class,
        desk(fixture.corrections)
            .submit(new UUID(8, 8), fence, new Submission(ALL_RIGHT, Painting.nothing(), 0)));
  }

  private static ReviewTask.Claimed claimNew(String name) {
    ProposalMade proposal = cases.proposal(name);
    fixture.intake.accept(proposal);
    return fixture.queue.claimNext("anna").orElseThrow();
  }

  private static SubmitAnswer submit(ReviewTask.Claimed task, Submission submission) {
    return submit(task, submission, "anna");
  }

  private static SubmitAnswer submit(
      ReviewTask.Claimed task, Submission submission, String reader) {
    return desk(fixture.corrections).submit(task.id(), fence(task, reader), submission);
  }

  private static Fence fence(ReviewTask.Claimed task, String reader) {
    return new Fence(reader, task.lease().transaction());
  }

  private static CorrectionDesk desk(CorrectionLedger ledger) {
    return new CorrectionDesk(
        fixture.queue,
        ledger,
        archive,
        new CorrectionMetrics(new SimpleMeterRegistry()),
        fixture.clock);
  }

  private static Receipt accepted(SubmitAnswer answer) {
    return assertInstanceOf(SubmitAnswer.Accepted.class, answer).receipt();
  }

  private static Painting values(String name, short[] painted) {
    var bytes = new ByteArrayOutputStream();
    try {
      SubmittedLabels.writeGzip(new LabelMap(CaseFixture.grid(name), painted), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return Painting.values(new java.io.ByteArrayInputStream(bytes.toByteArray()));
  }

  private static CorrectionAccepted onlyCorrection() {
    List<CorrectionAccepted> all = corrections();
    assertEquals(1, all.size(), "corrections in the outbox");
    return all.get(0);
  }

  private static List<CorrectionAccepted> corrections() {
    var codec = new EventCodec();
    var corrections = new ArrayList<CorrectionAccepted>();
    for (Outbox.Row row : fixture.outbox.next(1_000)) {
      EncodedEvent encoded = row.event();
      FirstpassEvent event = codec.decode(encoded);
      if (event instanceof CorrectionAccepted correction) {
        corrections.add(correction);
      }
    }
    return corrections;
  }
}
