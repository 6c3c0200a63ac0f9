package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.firstpass.dicom.TestCertificates.Identity;
import org.firstpass.failure.FirstpassFailure;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Queries and retrievals against Orthanc, with and without TLS. */
class OrthancRetrieveTest {
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Patience PATIENCE = Patience.of(SILENCE);
  private static final StudyInstanceUid STUDY = TestCt.DESCRIPTION.reference().study();
  @TempDir private Path folder;
  private final Collected collected = new Collected();
  private final List<SubOperations> progress = new ArrayList<>();

  @Test
  void aStudyIsFoundByWhatItIsAskedForAndFetchedBothWays() throws Exception {
    try (StorageScp scp = gateway(null);
        var archive = new OrthancArchive(folder, scp.port())) {
      DicomPeer peer = archive.peer();
      List<Path> files = sent(peer);
      for (StudyQuery query :
          List.of(
              StudyQuery.ofStudy(STUDY),
              StudyQuery.ofPatient(new PatientIdentity("", "ID-4711")),
              StudyQuery.between(LocalDate.of(2026, 3, 1), null).with(Set.of("CT")))) {
        QueryAnswer<FoundStudy> answer = QueryScu.studies(peer, query, 10, SILENCE);
        assertEquals(1, answer.matches().size());
        FoundStudy found = answer.matches().get(0);
        assertEquals(STUDY, found.study());
        assertEquals("ID-4711", found.patient().id());
        assertEquals(Set.of("CT"), found.modalities());
        assertEquals(OptionalInt.of(files.size()), found.instances());
      }
      assertEquals(
          List.of(),
          QueryScu.studies(peer, StudyQuery.ofAccessionNumber("none"), 10, SILENCE).matches());
      fetchedByGet(peer, files);
      fetchedByMove(peer, files);
      assertEquals(0, progress.get(progress.size() - 1).failed());
    }
  }

  @Test
  void aStudyThatIsNotThereAndADestinationThatIsNotKnownAreRefused() throws Exception {
    try (StorageScp scp = gateway(null);
        var archive = new OrthancArchive(folder, scp.port())) {
      DicomPeer peer = archive.peer();
      sent(peer);
      var key = new RetrieveKey.OfStudy(StudyKey.of(STUDY));
      assertRefused(() -> RetrieveScu.move(peer, key, "NOBODY", progress::add, PATIENCE));
      var absent = new RetrieveKey.OfStudy(StudyKey.of(new StudyInstanceUid("2.25.404")));
      assertRefused(() -> RetrieveScu.move(peer, absent, "FIRSTPASS", progress::add, PATIENCE));
    }
  }

  /** Orthanc says that it cannot process both, where the standard tells them apart. */
  private static void assertRefused(Executable retrieval) {
    assertEquals(ReasonCode.QUERY_REFUSED, assertThrows(FirstpassFailure.class, retrieval).code());
  }

  @Test
  void allOfItWorksOverTlsWithCertificatesOnBothSides() throws Exception {
    var certificates = new TestCertificates(folder);
    Identity ours = certificates.make("ours", "ip:127.0.0.1");
    Identity theirs = certificates.make("theirs", "ip:127.0.0.1");
    var tls = new TlsListener(0, ours.trusting(theirs), ClientCertificate.REQUIRED);
    String settings =
        """
        "DicomTlsEnabled": true, "DicomTlsCertificate": "%s", "DicomTlsPrivateKey": "%s",
        "DicomTlsTrustedCertificates": "%s", "DicomTlsRemoteCertificateRequired": true
        """
            .formatted(theirs.certificate(), theirs.key(), ours.certificate());
    try (StorageScp scp = gateway(tls);
        var archive = new OrthancArchive(folder, scp.port(), settings)) {
      DicomPeer peer = archive.peer().over(ours.trusting(theirs));
      List<Path> files = sent(peer);
      fetchedByGet(peer, files);
      FirstpassFailure plain =
          assertThrows(
              FirstpassFailure.class,
              () ->
                  QueryScu.studies(
                      archive.peer(), StudyQuery.ofStudy(STUDY), 1, Duration.ofSeconds(5)));
      assertEquals(ReasonCode.PEER_UNAVAILABLE, plain.code());
    }
  }

  private StorageScp gateway(@Nullable TlsListener tls) {
    return TestNetwork.started(
        TestNetwork.config(AccessList.OPEN, tls), ScpServices.storing(collected), ScpWatch.NONE);
  }

  private List<Path> sent(DicomPeer peer) throws Exception {
    Path images = Files.createDirectory(folder.resolve("images"));
    List<Path> files = TestCt.files(images, TestCt.oblique(9, 7, 6));
    assertEquals(files.size(), StorageScu.send(peer, files, 1, done -> {}).stored());
    return files;
  }

  private void fetchedByGet(DicomPeer peer, List<Path> files) {
    StudyKey key = StudyKey.of(STUDY);
    FoundSeries series = QueryScu.series(peer, key, 10, SILENCE).matches().get(0);
    assertEquals("CT", series.modality());
    List<FoundInstance> instances =
        QueryScu.instances(peer, key, series.series(), 100, SILENCE).matches();
    collected.files.clear();
    RetrieveReport report =
        RetrieveScu.get(
            peer,
            new RetrieveKey.OfSeries(key, series.series()),
            instances.stream().flatMap(each -> each.sopClass().stream()).toList(),
            collected,
            progress::add,
            PATIENCE);
    assertTrue(report.isComplete(), report::toString);
    assertEquals(
        uids(instances.stream().map(FoundInstance::instance).toList()), collected.files.keySet());
    assertEquals(files.size(), collected.files.size());
    assertEquals(List.of(), report.received().unasked());
  }

  private void fetchedByMove(DicomPeer peer, List<Path> files) {
    collected.files.clear();
    RetrieveReport report =
        RetrieveScu.move(
            peer,
            new RetrieveKey.OfStudy(StudyKey.of(STUDY)),
            "FIRSTPASS",
            progress::add,
            PATIENCE);
    assertTrue(report.isComplete(), report::toString);
    assertEquals(files.size(), collected.files.size());
    assertEquals(files.size(), report.counts().completed());
  }

  private static Set<String> uids(List<SopInstanceUid> instances) {
    return instances.stream()
        .map(SopInstanceUid::value)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
