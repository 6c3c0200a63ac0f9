package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.study.SopClassUid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries and retrievals against DCMTK's archive. */
class DcmtkRetrieveTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Patience PATIENCE = Patience.of(SILENCE);
  private static final StudyQuery QUERY =
      StudyQuery.ofPatient(new PatientIdentity("", "ID-4711")).with(Set.of("CT", "MR"));
  private static final Set<SopClassUid> CT = Set.of(new SopClassUid(SopClasses.CT_IMAGE));

  @TempDir private Path folder;
  private final Collected collected = new Collected();
  private final List<SubOperations> progress = new ArrayList<>();
  private StorageScp gateway;
  private List<Path> files;

  @BeforeEach
  void start() throws Exception {
    gateway =
        TestNetwork.started(
            TestNetwork.config(AccessList.OPEN, null),
            ScpServices.storing(collected),
            ScpWatch.NONE);
    Path images = Files.createDirectory(folder.resolve("images"));
    files = TestCt.files(images, TestCt.oblique(9, 7, 5));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aStudyIsFoundAndFetchedBothWays() throws Exception {
    try (var archive = new DcmtkArchive(folder, gateway.port())) {
      foundAndFetched(archive.peer());
      assertTrue(progress.stream().anyMatch(each -> each.remaining().orElse(0) > 0));
    }
  }

  @Test
  void anArchiveWithoutStudyRootIsAskedInPatientRoot() throws Exception {
    try (var archive = new DcmtkArchive(folder, gateway.port(), "--no-study-root")) {
      foundAndFetched(archive.peer());
    }
  }

  private void foundAndFetched(DicomPeer peer) {
    assertEquals(5, StorageScu.send(peer, files, 1, done -> {}).stored());
    QueryAnswer<FoundStudy> studies = QueryScu.studies(peer, QUERY, 10, SILENCE);
    assertFalse(studies.cut());
    StudyKey key = studies.matches().get(0).key();
    assertEquals(TestCt.DESCRIPTION.reference().study(), key.study());
    FoundSeries series = QueryScu.series(peer, key, 10, SILENCE).matches().get(0);
    assertEquals(TestCt.DESCRIPTION.reference().series(), series.series());
    assertEquals("CT", series.modality());
    assertEquals(5, QueryScu.instances(peer, key, series.series(), 100, SILENCE).matches().size());
    RetrieveReport got = get(peer, new RetrieveKey.OfStudy(key), CT);
    assertTrue(got.isComplete(), got::toString);
    assertEquals(5, got.received().stored().size());
    assertEquals(5, collected.files.size());
    collected.files.clear();
    RetrieveReport moved =
        RetrieveScu.move(
            peer,
            new RetrieveKey.OfSeries(key, series.series()),
            "FIRSTPASS",
            progress::add,
            PATIENCE);
    assertTrue(moved.isComplete(), moved::toString);
    assertEquals(5, moved.counts().completed());
    assertEquals(5, collected.files.size());
  }

  @Test
  void moreAnswersThanTheLimitAreCut() throws Exception {
    try (var archive = new DcmtkArchive(folder, gateway.port())) {
      DicomPeer peer = archive.peer();
      assertEquals(5, StorageScu.send(peer, files, 1, done -> {}).stored());
      var key = StudyKey.of(TestCt.DESCRIPTION.reference().study());
      var series = TestCt.DESCRIPTION.reference().series();
      QueryAnswer<FoundInstance> some = QueryScu.instances(peer, key, series, 3, SILENCE);
      assertTrue(some.cut());
      assertEquals(3, some.matches().size());
      QueryAnswer<FoundInstance> all = QueryScu.instances(peer, key, series, 5, SILENCE);
      assertFalse(all.cut());
      assertEquals(5, all.matches().size());
    }
  }

  @Test
  void whatItDoesNotOfferAndADestinationThatItDoesNotKnowAreRefusedWithACode() throws Exception {
    try (var archive = new DcmtkArchive(folder, gateway.port(), "--disable-get")) {
      DicomPeer peer = archive.peer();
      assertEquals(5, StorageScu.send(peer, files, 1, done -> {}).stored());
      var key = new RetrieveKey.OfStudy(StudyKey.of(TestCt.DESCRIPTION.reference().study()));
      var noGet = assertThrows(StudyRefused.class, () -> get(peer, key, CT));
      assertEquals(ReasonCode.SERVICE_NOT_OFFERED, noGet.code());
      var nobody =
          assertThrows(
              StudyRefused.class,
              () -> RetrieveScu.move(peer, key, "NOBODY", progress::add, PATIENCE));
      assertEquals(ReasonCode.MOVE_DESTINATION_UNKNOWN, nobody.code());
    }
  }

  private RetrieveReport get(DicomPeer peer, RetrieveKey key, Set<SopClassUid> classes) {
    return RetrieveScu.get(peer, key, classes, collected, progress::add, PATIENCE);
  }
}
