package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.firstpass.database.Database;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.dataset.split.LinkReason;
import org.firstpass.dataset.split.SplitLedger;
import org.firstpass.dataset.split.SplitProportions;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.segment.Verdict;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.PatientKey;
import org.firstpass.testing.TestBroker;
import org.firstpass.testing.TestPostgres;
import org.junit.jupiter.api.Test;

/** A data set made again where only the log, the objects, the secret and the manifest are. */
class AnotherMachineTest extends ExportFixture {
  /** By this rule every patient would go elsewhere. */
  private static final SplitRule ALL_FOR_TEST =
      new SplitRule(SECRET, new SplitProportions(0, 0, 100));

  @Test
  void whereTheLogIsInAnotherOrderAndTheDatabaseIsEmptyTheHashAndTheBytesAreTheSame() {
    List<CorrectionAccepted> events = sixPatientsWithTwoSeriesEach();
    events.add(readings.of(Reading.of(7, 1).saying(Readings.LIVER, Verdict.NOT_ASSESSABLE)));
    publish(events);
    DatasetManifest here = export(DatasetFormat.NNUNET, "here");
    byte[] manifest = manifest("here");

    Collections.reverse(events);
    FileObjectStore copy = copyOfTheStore();
    try (TestBroker broker = TestBroker.isolated();
        Database empty = TestPostgres.database()) {
      publish(broker.config(), List.of(readings.of(Reading.of(9, 1))));
      publish(broker.config(), events);
      DatasetManifest there =
          new DatasetExport(copy, broker.config(), empty, ALL_FOR_TEST)
              .rebuild(manifest, folder.resolve("there"), SILENT);
      assertEquals(here.hash(), there.hash());
    }
    assertEquals(at("here").digests(), at("there").digests());
  }

  @Test
  void theSameLogGivesTheSameHashAlsoWithoutTheManifest() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest here = export(DatasetFormat.MONAI, "here");
    try (Database empty = TestPostgres.database()) {
      DatasetManifest there =
          new DatasetExport(copyOfTheStore(), TestBroker.stream(), empty, THIRDS)
              .run(request(DatasetFormat.MONAI), folder.resolve("there"), SILENT);
      assertEquals(here.hash(), there.hash());
    }
  }

  @Test
  void theManifestSaysHowFarTheLogWasRead() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest manifest = export(DatasetFormat.MONAI, "target");
    CorrectionLog log = manifest.origin().log();
    assertEquals("firstpass.corrections", log.topic());
    assertEquals(12, log.corrections().size());
    for (CorrectionLog.Weighed one : log.corrections()) {
      assertTrue(one.offset() < log.offsets().get(one.partition()), one.toString());
    }
  }

  @Test
  void aLedgerThatSaysOtherwiseIsContradictedByNoDataSet() {
    publish(sixPatientsWithTwoSeriesEach());
    export(DatasetFormat.MONAI, "here");
    byte[] manifest = manifest("here");
    try (Database decided = TestPostgres.database()) {
      var elsewhere = new DatasetExport(store, TestBroker.stream(), decided, ALL_FOR_TEST);
      elsewhere.run(request(DatasetFormat.MONAI), folder.resolve("there"), SILENT);
      ExportRefused refusal =
          assertThrows(
              ExportRefused.class,
              () -> elsewhere.rebuild(manifest, folder.resolve("again"), SILENT));
      assertEquals(Reason.CANNOT_REBUILD, refusal.reason());
      assertFalse(Files.exists(folder.resolve("again")));
    }
  }

  @Test
  void patientsWhoTurnOutToBeOnePersonOnTwoSidesAreLeftOutWhenAnOldDataSetIsRebuilt() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest old = export(DatasetFormat.MONAI, "old");
    var training = patientsOf(old, org.firstpass.dataset.split.Split.TRAINING).get(0);
    var test = patientsOf(old, org.firstpass.dataset.split.Split.TEST).get(0);
    try (Database empty = TestPostgres.database()) {
      var elsewhere = new DatasetExport(store, TestBroker.stream(), empty, THIRDS);
      assertEquals(
          old.hash(), elsewhere.rebuild(manifest("old"), folder.resolve("before"), SILENT).hash());
      new SplitLedger(empty).link(training, test, LinkReason.MERGED);

      DatasetManifest rebuilt = elsewhere.rebuild(manifest("old"), folder.resolve("after"), SILENT);

      assertEquals(10, rebuilt.cases().size());
      assertEquals(2, rebuilt.leftOut().size());
      rebuilt
          .leftOut()
          .forEach(
              one -> assertEquals(LeftOutCase.Reason.SAME_PERSON_ON_ANOTHER_SIDE, one.reason()));
    }
  }

  private static List<PatientKey> patientsOf(
      DatasetManifest manifest, org.firstpass.dataset.split.Split split) {
    var patients = new ArrayList<PatientKey>();
    manifest.casesOf(split).forEach(one -> patients.add(one.source().patient()));
    return patients;
  }

  private byte[] manifest(String target) {
    return ExportedFolder.bytes(folder.resolve(target).resolve("manifest.json"));
  }

  private FileObjectStore copyOfTheStore() {
    Path from = folder.resolve("objects");
    var copy = new FileObjectStore(folder.resolve("copy"));
    try (Stream<Path> files = Files.walk(from)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> copy.put(ExportedFolder.bytes(file), "application/octet-stream"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }
}
