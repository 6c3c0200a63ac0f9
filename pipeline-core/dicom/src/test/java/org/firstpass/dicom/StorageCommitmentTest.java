package org.firstpass.dicom;

import static org.firstpass.dicom.TestNetwork.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.Sha256;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorageCommitmentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<CommitmentRequest> requests = new LinkedBlockingQueue<>();
  private final ExecutorService archive = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    archive.shutdownNow();
  }

  @Test
  void theAnswerComesOnTheAssociationThatAsked() {
    try (StorageScp scp = archiveScp()) {
      answer(scp, request -> success(request));
      CommitmentReport report =
          StorageCommitment.request(peer(scp, "ME"), instances(1, 2), PATIENCE);
      assertTrue(report.isComplete());
      assertEquals(2, report.committed().size());
    }
  }

  @Test
  void theAnswerComesOnAnAssociationOfTheArchive() {
    var inbox = new CommitmentInbox();
    try (StorageScp scp = archiveScp();
        StorageScp ours =
            TestNetwork.started(
                TestNetwork.config(AccessList.OPEN, null),
                new ScpServices(new Collected(), null, inbox, null),
                ScpWatch.NONE)) {
      archive.submit(
          () -> {
            CommitmentRequest request = requests.take();
            StorageCommitment.report(peer(ours, "ARCHIVE"), success(request));
            return true;
          });
      CommitmentReport report =
          StorageCommitment.request(
              peer(scp, "FIRSTPASS"), UUID.randomUUID(), instances(1, 2, 3), inbox, PATIENCE);
      assertEquals(3, report.committed().size());
    }
  }

  @Test
  void onlyWhatTheArchiveNamesIsCommitted() {
    try (StorageScp scp = archiveScp()) {
      answer(
          scp,
          request ->
              new CommitmentReport(
                  request.transaction(),
                  List.of(request.instances().get(0), stranger()),
                  List.of(new Failure(request.instances().get(1), Failure.NO_SUCH_INSTANCE))));
      CommitmentReport report =
          StorageCommitment.request(peer(scp, "ME"), instances(1, 2, 3), PATIENCE);
      assertEquals(1, report.committed().size());
      assertEquals(
          List.of(Failure.NO_SUCH_INSTANCE, Failure.PROCESSING_FAILURE),
          report.failed().stream().map(Failure::reason).toList());
    }
  }

  @Test
  void anArchiveThatIsSilentLeavesTheQuestionOpen() {
    try (StorageScp scp = archiveScp()) {
      var failure =
          assertThrows(
              TryAgainLater.class,
              () ->
                  StorageCommitment.request(peer(scp, "ME"), instances(1), Duration.ofMillis(300)));
      assertEquals(ReasonCode.COMMITMENT_UNANSWERED, failure.code());
    }
  }

  @Test
  void aPeerWithoutStorageCommitmentIsNoArchive() {
    var storing = new StorageScp(TestNetwork.config(AccessList.OPEN, null), new Collected());
    try (storing) {
      storing.start();
      var failure =
          assertThrows(
              StudyRefused.class,
              () -> StorageCommitment.request(peer(storing, "ME"), instances(1), PATIENCE));
      assertEquals(ReasonCode.SERVICE_NOT_OFFERED, failure.code());
    }
  }

  @Test
  void aReportThatNobodyWaitsForIsNotTaken() {
    try (StorageScp scp = archiveScp()) {
      var report =
          new CommitmentReport("2.25.99", List.of(ReferencedInstance.of(instance(1))), List.of());
      assertThrows(TryAgainLater.class, () -> StorageCommitment.report(peer(scp, "X"), report));
    }
  }

  @Test
  void aReceiverThatCannotKeepTheRequestRefusesIt() {
    CommitmentReceiver full =
        request -> {
          throw new TryAgainLater(ReasonCode.DATABASE_UNAVAILABLE, "away");
        };
    try (StorageScp scp = scp(full)) {
      var failure =
          assertThrows(
              TryAgainLater.class,
              () -> StorageCommitment.request(peer(scp, "ME"), instances(1), PATIENCE));
      assertTrue(String.valueOf(failure.getMessage()).contains("0213H"), failure.getMessage());
    }
  }

  @Test
  void aReportHasNowhereToGoOnceTheAssociationIsClosed() throws Exception {
    try (StorageScp scp = archiveScp()) {
      assertThrows(
          TryAgainLater.class,
          () -> StorageCommitment.request(peer(scp, "ME"), instances(1), Duration.ofMillis(50)));
      CommitmentRequest request = requests.poll(20, TimeUnit.SECONDS);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (scp.openAssociations() > 0 && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertFalse(scp.report("ME", success(request)));
    }
  }

  private StorageScp archiveScp() {
    return scp(requests::add);
  }

  private static StorageScp scp(CommitmentReceiver receiver) {
    return TestNetwork.started(
        TestNetwork.config(AccessList.OPEN, null),
        new ScpServices(new Collected(), receiver, new CommitmentInbox(), null),
        ScpWatch.NONE);
  }

  private void answer(
      StorageScp scp, java.util.function.Function<CommitmentRequest, CommitmentReport> judge) {
    archive.submit(
        () -> {
          CommitmentRequest request = requests.take();
          return scp.report(request.callingAeTitle(), judge.apply(request));
        });
  }

  private static CommitmentReport success(CommitmentRequest request) {
    return new CommitmentReport(request.transaction(), request.instances(), List.of());
  }

  private static ReferencedInstance stranger() {
    return new ReferencedInstance(
        new SopClassUid(SopClasses.CT_IMAGE), new SopInstanceUid("2.25.12345"));
  }

  private static List<InstanceReference> instances(int... numbers) {
    return java.util.Arrays.stream(numbers).mapToObj(StorageCommitmentTest::instance).toList();
  }

  private static InstanceReference instance(int number) {
    return new InstanceReference(
        new SopInstanceUid("2.25." + number),
        new SopClassUid(SopClasses.CT_IMAGE),
        new Sha256("a".repeat(64)),
        1);
  }
}
