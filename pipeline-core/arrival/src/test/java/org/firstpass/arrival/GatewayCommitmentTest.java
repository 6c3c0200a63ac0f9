package org.firstpass.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.firstpass.dicom.CommitmentInbox;
import org.firstpass.dicom.CommitmentReport;
import org.firstpass.dicom.CommitmentReport.Failure;
import org.firstpass.dicom.DicomPeer;
import org.firstpass.dicom.ScpConfig;
import org.firstpass.dicom.ScpServices;
import org.firstpass.dicom.ScpWatch;
import org.firstpass.dicom.StorageCommitment;
import org.firstpass.dicom.StorageScp;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.InstanceReference;
import org.firstpass.study.SopClassUid;
import org.firstpass.testing.Deadline;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage commitment by the gateway, over associations. */
class GatewayCommitmentTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  @TempDir static Path folder;
  private static final CommitmentInbox INBOX = new CommitmentInbox();
  private static final ExecutorService REQUESTERS = Executors.newCachedThreadPool();
  private static StorageScp modality;
  private static GatewayFixture fixture;

  @BeforeAll
  static void open() {
    modality =
        new StorageScp(
            new ScpConfig("MODALITY", "127.0.0.1", 0, Set.of()),
            new ScpServices(
                instance -> {
                  throw new StudyRefused(ReasonCode.NOT_AN_IMAGE, "a modality takes nothing");
                },
                null,
                INBOX,
                null),
            ScpWatch.NONE);
    modality.start();
    var address = new DicomPeer("127.0.0.1", modality.port(), "MODALITY", "FIRSTPASS");
    fixture =
        new GatewayFixture(
            folder,
            standard ->
                new GatewayConfig(
                    standard.scp(),
                    standard.series(),
                    standard.minFreeBytes(),
                    standard.patients(),
                    Map.of("MODALITY", address)));
  }

  @AfterAll
  static void close() {
    fixture.close();
    modality.close();
    REQUESTERS.shutdownNow();
  }

  @Test
  void whatIsStoredIsCommittedOnTheAssociationThatAsked() {
    SampleSeries series = SampleSeries.small(5);
    fixture.receive(series);
    CommitmentReport report =
        StorageCommitment.request(peer("NOWHERE"), series.references(), PATIENCE);
    assertTrue(report.isComplete(), report::toString);
    assertEquals(5, report.committed().size());
  }

  @Test
  void whatIsNotStoredOrOfAnotherClassIsNotCommittedAndSaysWhy() throws Exception {
    SampleSeries series = SampleSeries.small(3);
    fixture.receive(series.instance(0));
    fixture.receive(series.instance(1));
    InstanceReference second = series.reference(1);
    List<InstanceReference> asked =
        List.of(
            series.reference(0),
            new InstanceReference(
                second.instance(),
                new SopClassUid("1.2.840.10008.5.1.4.1.1.4"),
                second.content(),
                second.size()),
            series.reference(2));
    Future<CommitmentReport> answer =
        REQUESTERS.submit(() -> StorageCommitment.request(peer("NOWHERE"), asked, PATIENCE));
    letTimePassUntil(answer);
    CommitmentReport report = answer.get();
    assertEquals(1, report.committed().size());
    assertEquals(
        List.of(Failure.CLASS_CONFLICT, Failure.NO_SUCH_INSTANCE),
        report.failed().stream().map(Failure::reason).sorted((a, b) -> b - a).toList());
  }

  @Test
  void aRequestOutlivesARestartAndIsAnsweredOnAnAssociationToTheRequester() throws Exception {
    SampleSeries series = SampleSeries.small(3);
    fixture.receive(series.instance(0));
    fixture.receive(series.instance(1));
    var transaction = UUID.randomUUID();
    Future<CommitmentReport> answer =
        REQUESTERS.submit(
            () ->
                StorageCommitment.request(
                    peer("MODALITY"), transaction, series.references(), INBOX, PATIENCE));
    Deadline.await("the request is kept", () -> pending("MODALITY") == 1);
    fixture.restart();
    fixture.receive(series.instance(2));
    letTimePassUntil(answer);
    assertEquals(3, answer.get().committed().size());
    Deadline.await("the request is answered", () -> pending("MODALITY") == 0);
  }

  @Test
  void anAnswerThatCannotBeDeliveredIsTriedAgainAndThenGivenUp() {
    SampleSeries series = SampleSeries.small(1);
    double postponed = fixture.counted("arrival.commitments", "outcome", "postponed");
    var failure =
        assertThrows(
            TryAgainLater.class,
            () ->
                StorageCommitment.request(
                    peer("GONE"), series.references(), Duration.ofMillis(200)));
    assertEquals(ReasonCode.COMMITMENT_UNANSWERED, failure.code());
    fixture.clock.advance(CommitmentDesk.GRACE);
    Deadline.await(
        "the answer is tried again",
        () -> {
          fixture.clock.advance(Duration.ofSeconds(1));
          return fixture.counted("arrival.commitments", "outcome", "postponed") >= postponed + 2;
        });
    fixture.clock.advance(CommitmentDesk.GIVE_UP);
    Deadline.await("the answer is given up", () -> pending("GONE") == 0);
    assertTrue(fixture.counted("arrival.commitments", "outcome", "given_up") >= 1);
  }

  @Test
  void aTransactionIsNotUsedAgainForOtherInstances() {
    SampleSeries series = SampleSeries.small(2);
    fixture.receive(series);
    var transaction = UUID.randomUUID();
    List<InstanceReference> first = List.of(series.reference(0));
    for (int time = 0; time < 2; time++) {
      assertTrue(
          StorageCommitment.request(peer("AGAIN"), transaction, first, INBOX, PATIENCE)
              .isComplete());
    }
    var failure =
        assertThrows(
            TryAgainLater.class,
            () ->
                StorageCommitment.request(
                    peer("AGAIN"), transaction, series.references(), INBOX, PATIENCE));
    assertTrue(String.valueOf(failure.getMessage()).contains("0115H"), failure.getMessage());
  }

  @Test
  void oneRequesterThatAsksManyTimesAtOnceIsAnsweredEveryTime() throws Exception {
    SampleSeries series = SampleSeries.small(1);
    fixture.receive(series);
    List<Future<CommitmentReport>> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(
          REQUESTERS.submit(
              () -> StorageCommitment.request(peer("BUSY"), series.references(), PATIENCE)));
    }
    for (Future<CommitmentReport> answer : answers) {
      assertTrue(answer.get(60, TimeUnit.SECONDS).isComplete());
    }
  }

  private static void letTimePassUntil(Future<?> done) {
    Deadline.await(
        "the answer",
        () -> {
          fixture.clock.advance(Duration.ofMillis(500));
          return done.isDone();
        });
  }

  private static int pending(String requester) {
    return fixture.database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "select count(*) from arrival.commitment where state = 'PENDING'"
                        + " and requester = :requester")
                .bind("requester", requester)
                .mapTo(Integer.class)
                .one());
  }

  private static DicomPeer peer(String callingAeTitle) {
    return new DicomPeer("127.0.0.1", fixture.gateway.port(), "FIRSTPASS", callingAeTitle);
  }
}
