package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.firstpass.study.SopClassUid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries and retrievals against DCMTK's archive. */
class DcmtkRetrieveTest {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Patience PATIENCE = Patience.of(SILENCE);
  @TempDir private Path folder;
  private final Collected collected = new Collected();

  @Test
  void aStudyIsFoundAndFetchedBothWays() throws Exception {
    List<Path> files = TestCt.files(folder, TestCt.oblique(9, 7, 5));
    var study = TestCt.DESCRIPTION.reference().study();
    try (StorageScp scp =
            TestNetwork.started(
                TestNetwork.config(AccessList.OPEN, null),
                ScpServices.storing(collected),
                ScpWatch.NONE);
        var archive = new DcmtkArchive(folder, scp.port())) {
      DicomPeer peer = archive.peer();
      assertEquals(5, StorageScu.send(peer, files, 1, done -> {}).stored());
      QueryAnswer<FoundStudy> studies =
          QueryScu.studies(
              peer,
              StudyQuery.ofPatient(new PatientIdentity("", "ID-4711")).with(Set.of("CT", "MR")),
              10,
              SILENCE);
      assertFalse(studies.cut());
      StudyKey key = studies.matches().get(0).key();
      assertEquals(study, key.study());
      QueryAnswer<FoundSeries> series = QueryScu.series(peer, key, 10, SILENCE);
      assertEquals(1, series.matches().size());
      QueryAnswer<FoundInstance> instances =
          QueryScu.instances(peer, key, series.matches().get(0).series(), 100, SILENCE);
      assertEquals(5, instances.matches().size());
      RetrieveReport got =
          RetrieveScu.get(
              peer,
              new RetrieveKey.OfStudy(key),
              Set.of(new SopClassUid(SopClasses.CT_IMAGE)),
              collected,
              counts -> {},
              PATIENCE);
      assertTrue(got.isComplete(), got::toString);
      assertEquals(5, got.received().stored().size());
      assertEquals("ARCHIVE", collected.instances.get(0).sender().text());
      collected.files.clear();
      RetrieveReport moved =
          RetrieveScu.move(peer, new RetrieveKey.OfStudy(key), "FIRSTPASS", counts -> {}, PATIENCE);
      assertTrue(moved.isComplete(), moved::toString);
      assertEquals(5, collected.files.size());
    }
  }
}
