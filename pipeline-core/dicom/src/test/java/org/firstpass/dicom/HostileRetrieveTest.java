package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.net.DataWriterAdapter;
import org.dcm4che3.net.DimseRSP;
import org.firstpass.dicom.HostileArchive.Request;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.failure.TryAgainLater;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Retrievals from archives that fall silent, break off, send too much or something else. */
class HostileRetrieveTest {
  private static final Patience PATIENT = Patience.of(Duration.ofSeconds(20));
  private static final Patience IMPATIENT = Patience.of(Duration.ofMillis(400));
  private static final StudyKey STUDY = StudyKey.of(new StudyInstanceUid("2.25.11"));
  private static final RetrieveKey KEY = new RetrieveKey.OfStudy(STUDY);
  private static final Set<SopClassUid> CT = Set.of(new SopClassUid(SopClasses.CT_IMAGE));
  @TempDir private Path folder;
  private final Collected collected = new Collected();
  private final List<SubOperations> progress = new ArrayList<>();

  @Test
  void anArchiveThatNeverAnswersIsLeftAfterTheSilence() throws Exception {
    try (var archive = new HostileArchive(request -> {})) {
      for (FirstpassFailure failure :
          List.of(
              refusal(() -> move(archive, IMPATIENT)), refusal(() -> get(archive, IMPATIENT)))) {
        assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
        assertTrue(message(failure).contains("silent"), message(failure));
      }
    }
  }

  @Test
  void anArchiveThatHangsUpIsUnavailableAndWhatIsKnownIsSaid() throws Exception {
    try (var archive =
        new HostileArchive(
            request -> {
              request.progress(HostileArchive.PENDING, 5, 3, 1);
              request.hangUp();
            })) {
      FirstpassFailure failure = refusal(() -> move(archive, PATIENT));
      assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
      assertTrue(message(failure).contains("3 instances were sent, 1 were not"), message(failure));
      assertEquals(List.of(new SubOperations(OptionalInt.of(5), 3, 1, 0)), progress);
    }
  }

  @Test
  void pendingWithoutEndIsLeftWhenItTakesTooLong() throws Exception {
    var patience = new Patience(Duration.ofMillis(400), Duration.ofMillis(500), () -> 0);
    try (var archive =
        new HostileArchive(
            request -> {
              while (true) {
                request.progress(HostileArchive.PENDING, 1, 0, 0);
              }
            })) {
      FirstpassFailure failure = refusal(() -> move(archive, patience));
      assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
      assertTrue(message(failure).contains("took longer"), message(failure));
    }
  }

  @Test
  void anArchiveThatSaysNothingIsNotSilentWhileInstancesArrive() throws Exception {
    var arrived = new AtomicLong();
    var asked = new CountDownLatch(8);
    // Each time that the arrivals are looked at, there is one more.
    Patience patience =
        IMPATIENT.hearing(
            () -> {
              asked.countDown();
              return arrived.incrementAndGet();
            });
    try (var archive =
        new HostileArchive(
            request -> {
              asked.await();
              request.answer(0, null);
            })) {
      RetrieveReport report = move(archive, patience);
      assertTrue(report.isComplete(), report::toString);
      assertEquals(SubOperations.NONE, report.counts());
    }
  }

  @Test
  void whatFailedIsReported() throws Exception {
    var failed = new Attributes();
    failed.setString(Tag.FailedSOPInstanceUIDList, VR.UI, "2.25.1", "no uid", "2.25.2");
    try (var archive = new HostileArchive(request -> request.answer(0xB000, failed))) {
      RetrieveReport report = move(archive, PATIENT);
      assertFalse(report.isComplete());
      assertEquals(0xB000, report.status());
      assertEquals(
          List.of(new SopInstanceUid("2.25.1"), new SopInstanceUid("2.25.2")), report.failed());
    }
  }

  @Test
  void everyStatusHasItsCode() throws Exception {
    assertStatus(0xA801, ReasonCode.MOVE_DESTINATION_UNKNOWN);
    assertStatus(0xA702, ReasonCode.RETRIEVE_FAILED);
    assertStatus(0xA701, ReasonCode.ARCHIVE_BUSY);
    assertStatus(0xA900, ReasonCode.QUERY_REFUSED);
    assertStatus(0xC123, ReasonCode.QUERY_REFUSED);
  }

  @Test
  void anInstanceThatWasNotAskedForIsStoredAndReported() throws Exception {
    Attributes asked = image("2.25.101", "2.25.11", "2.25.12");
    Attributes otherStudy = image("2.25.102", "2.25.99", "2.25.12");
    Attributes otherSeries = image("2.25.103", "2.25.11", "2.25.98");
    try (var archive =
        new HostileArchive(
            request -> {
              for (Attributes image : List.of(asked, otherStudy, otherSeries)) {
                assertEquals(0, store(request, image));
              }
              request.progress(0, 0, 3, 0);
            })) {
      var series = new RetrieveKey.OfSeries(STUDY, new SeriesInstanceUid("2.25.12"));
      RetrieveReport report = get(archive, series, collected, PATIENT);
      assertEquals(Set.of("2.25.101", "2.25.102", "2.25.103"), collected.files.keySet());
      assertEquals(3, report.received().stored().size());
      assertEquals(
          List.of(new SopInstanceUid("2.25.102"), new SopInstanceUid("2.25.103")),
          report.received().unasked());
      assertEquals("HOSTILE", collected.instances.get(0).sender().text());
      assertEquals("FIRSTPASS", collected.instances.get(0).calledAeTitle());
    }
  }

  @Test
  void oneInstanceOfManyIsAskedForByItsUid() throws Exception {
    Attributes asked = image("2.25.101", "2.25.11", "2.25.12");
    Attributes other = image("2.25.102", "2.25.11", "2.25.12");
    try (var archive =
        new HostileArchive(
            request -> {
              assertEquals("IMAGE", request.keys().getString(Tag.QueryRetrieveLevel));
              assertEquals("2.25.101", request.keys().getString(Tag.SOPInstanceUID));
              store(request, asked);
              store(request, other);
              request.progress(0, 0, 2, 0);
            })) {
      var one =
          new RetrieveKey.OfInstances(
              STUDY, new SeriesInstanceUid("2.25.12"), List.of(new SopInstanceUid("2.25.101")));
      RetrieveReport report = get(archive, one, collected, PATIENT);
      assertEquals(List.of(new SopInstanceUid("2.25.102")), report.received().unasked());
    }
  }

  @Test
  void whatOurReceiverDoesNotTakeIsToldToTheArchiveAndReported() throws Exception {
    InstanceReceiver full =
        instance -> {
          if (instance.instance().value().equals("2.25.101")) {
            throw new TryAgainLater(ReasonCode.STORE_FULL, "no room");
          }
          if (instance.instance().value().equals("2.25.102")) {
            throw new StudyRefused(ReasonCode.OWN_OUTPUT, "ours");
          }
          collected.receive(instance);
        };
    try (var archive =
        new HostileArchive(
            request -> {
              assertEquals(0xA700, store(request, image("2.25.101", "2.25.11", "2.25.12")));
              assertEquals(0x0124, store(request, image("2.25.102", "2.25.11", "2.25.12")));
              assertEquals(0, store(request, image("2.25.103", "2.25.11", "2.25.12")));
              request.progress(0xB000, 0, 1, 2);
            })) {
      RetrieveReport report = get(archive, KEY, full, PATIENT);
      assertFalse(report.isComplete());
      assertEquals(
          ReasonCode.STORE_FULL, report.received().refused().get(new SopInstanceUid("2.25.101")));
      assertEquals(
          ReasonCode.OWN_OUTPUT, report.received().refused().get(new SopInstanceUid("2.25.102")));
      assertEquals(List.of(new SopInstanceUid("2.25.103")), report.received().stored());
    }
  }

  @Test
  void anInstanceOfAnySizeComesThroughWhereMessagesAreBounded() throws Exception {
    Attributes large = image("2.25.101", "2.25.11", "2.25.12");
    large.setBytes(Tag.PixelData, VR.OW, new byte[BoundedDataset.MAX_BYTES + 1024]);
    try (var archive =
        new HostileArchive(
            request -> {
              assertEquals(0, store(request, large));
              request.progress(0, 0, 1, 0);
            })) {
      assertTrue(get(archive, PATIENT).isComplete());
      assertTrue(collected.files.get("2.25.101").length > BoundedDataset.MAX_BYTES);
    }
  }

  @Test
  void anArchiveThatBreaksOffAmidAnInstanceLeavesWhatCameBefore() throws Exception {
    try (var archive =
        new HostileArchive(
            request -> {
              store(request, image("2.25.101", "2.25.11", "2.25.12"));
              request
                  .association()
                  .cstore(
                      SopClasses.CT_IMAGE,
                      "2.25.102",
                      0,
                      (out, syntax) -> {
                        out.write(new byte[4096]);
                        request.hangUp();
                      },
                      UID.ExplicitVRLittleEndian);
            })) {
      FirstpassFailure failure = refusal(() -> get(archive, PATIENT));
      assertEquals(ReasonCode.PEER_UNAVAILABLE, failure.code());
      assertEquals(Set.of("2.25.101"), collected.files.keySet());
    }
  }

  @Test
  void aThreadThatIsInterruptedTellsTheArchiveToStop() throws Exception {
    var told = new CountDownLatch(1);
    var asked = new CountDownLatch(1);
    try (var archive =
        new HostileArchive(
            request -> {
              request.progress(HostileArchive.PENDING, 5, 0, 0);
              asked.countDown();
              request.cancelled().await();
              told.countDown();
              request.progress(0xFE00, 4, 1, 0);
            })) {
      var interrupted = new CompletableFuture<Boolean>();
      var thread =
          new Thread(
              () -> {
                refusal(() -> move(archive, PATIENT));
                interrupted.complete(Thread.currentThread().isInterrupted());
              });
      thread.start();
      assertTrue(asked.await(30, TimeUnit.SECONDS), "is not asked");
      thread.interrupt();
      assertTrue(interrupted.get(30, TimeUnit.SECONDS), "is not interrupted any more");
      assertTrue(told.await(30, TimeUnit.SECONDS), "is not told to stop");
    }
  }

  @Test
  void aPeerThatOnlyStoresOffersNoneOfIt() {
    try (StorageScp scp =
        TestNetwork.started(
            TestNetwork.config(AccessList.OPEN, null),
            ScpServices.storing(collected),
            ScpWatch.NONE)) {
      DicomPeer peer = TestNetwork.peer(scp, "ASKER");
      for (FirstpassFailure failure :
          List.of(
              refusal(() -> QueryScu.series(peer, STUDY, 1, PATIENT.silence())),
              refusal(() -> RetrieveScu.move(peer, KEY, "FIRSTPASS", all -> {}, PATIENT)),
              refusal(() -> RetrieveScu.get(peer, KEY, CT, collected, all -> {}, PATIENT)))) {
        assertEquals(ReasonCode.SERVICE_NOT_OFFERED, failure.code());
      }
    }
  }

  private void assertStatus(int status, ReasonCode code) throws Exception {
    try (var archive = new HostileArchive(request -> request.answer(status, null))) {
      FirstpassFailure failure = refusal(() -> move(archive, PATIENT));
      assertEquals(code, failure.code());
      assertTrue(message(failure).contains("%04XH".formatted(status)), message(failure));
    }
  }

  /** A C-STORE sub-operation; the status that answers it. */
  private static int store(Request request, Attributes image)
      throws IOException, InterruptedException {
    DimseRSP response =
        request
            .association()
            .cstore(
                SopClasses.CT_IMAGE,
                image.getString(Tag.SOPInstanceUID),
                0,
                new DataWriterAdapter(image),
                UID.ExplicitVRLittleEndian);
    response.next();
    return response.getCommand().getInt(Tag.Status, -1);
  }

  private Attributes image(String instance, String study, String series) throws IOException {
    Path source = folder.resolve(instance);
    Files.createDirectories(source);
    Path file = TestCt.files(source, TestCt.oblique(5, 4, 1)).get(0);
    Attributes image = ObjectContent.read(() -> Files.newInputStream(file));
    image.setString(Tag.SOPInstanceUID, VR.UI, instance);
    image.setString(Tag.StudyInstanceUID, VR.UI, study);
    image.setString(Tag.SeriesInstanceUID, VR.UI, series);
    return image;
  }

  private RetrieveReport move(HostileArchive archive, Patience patience) {
    return RetrieveScu.move(archive.peer(), KEY, "FIRSTPASS", progress::add, patience);
  }

  private RetrieveReport get(HostileArchive archive, Patience patience) {
    return get(archive, KEY, collected, patience);
  }

  private RetrieveReport get(
      HostileArchive archive, RetrieveKey key, InstanceReceiver receiver, Patience patience) {
    return RetrieveScu.get(archive.peer(), key, CT, receiver, progress::add, patience);
  }

  private static FirstpassFailure refusal(Executable asking) {
    return assertThrows(FirstpassFailure.class, asking);
  }

  private static String message(FirstpassFailure failure) {
    return String.valueOf(failure.getMessage());
  }
}
