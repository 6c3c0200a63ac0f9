package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.firstpass.dataset.split.Split;
import org.firstpass.dataset.split.SplitProportions;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.segment.Verdict;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.firstpass.testing.TestBroker;
import org.junit.jupiter.api.Test;

class DatasetExportTest extends ExportFixture {
  @Test
  void aSecondExportHasTheSameManifestHashAndTheSameBytes() {
    publish(sixPatientsWithTwoSeriesEach());

    DatasetManifest first = export(DatasetFormat.NNUNET, "first");
    DatasetManifest second = export(DatasetFormat.NNUNET, "second");

    assertEquals(first.hash(), second.hash());
    assertEquals(at("first").digests(), at("second").digests());
    assertEquals(
        first.hash(),
        Sha256.of(ExportedFolder.bytes(folder.resolve("first").resolve("manifest.json"))));
    assertEquals(12, first.cases().size());
  }

  @Test
  void anOldDataSetIsRebuiltFromItsManifestAlthoughMoreWasAcceptedSince() {
    publish(
        List.of(
            readings.of(Reading.of(1, 1)),
            readings.of(Reading.of(2, 1)),
            readings.of(Reading.of(3, 1).saying(Readings.LIVER, Verdict.NOT_ASSESSABLE))));
    DatasetManifest old = export(DatasetFormat.NNUNET, "old");
    publish(
        List.of(
            readings.of(Reading.of(1, 1).shifted(1)),
            readings.of(Reading.of(2, 1).revision(2)),
            readings.of(Reading.of(4, 1))));
    assertNotEquals(old.hash(), export(DatasetFormat.NNUNET, "new").hash());

    byte[] manifest = ExportedFolder.bytes(folder.resolve("old").resolve("manifest.json"));
    DatasetManifest rebuilt = exporter().rebuild(manifest, folder.resolve("rebuilt"), SILENT);

    assertEquals(old.hash(), rebuilt.hash());
    assertEquals(at("old").digests(), at("rebuilt").digests());
  }

  @Test
  void anotherCorrectionGivesAnotherManifestHashAndTheNewestOneIsInTheFiles() {
    CorrectionAccepted first = readings.of(Reading.of(1, 1));
    publish(List.of(first));
    DatasetManifest before = export(DatasetFormat.MONAI, "before");

    CorrectionAccepted second = readings.of(Reading.of(1, 1).shifted(2));
    publish(List.of(second));
    DatasetManifest after = export(DatasetFormat.MONAI, "after");

    assertNotEquals(before.hash(), after.hash());
    assertEquals(second.id(), after.cases().get(0).provenance().correction());
    assertEquals(
        before.cases().get(0).files().image().niftiDigest(),
        after.cases().get(0).files().image().niftiDigest());
    assertNotEquals(
        before.cases().get(0).files().label().niftiDigest(),
        after.cases().get(0).files().label().niftiDigest());
  }

  @Test
  void allSeriesOfAPatientAreOnOneSideAndAllThreeSidesAreThere() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest manifest = export(DatasetFormat.NNUNET, "target");

    var sides = new HashMap<PatientKey, Split>();
    for (DatasetCase one : manifest.cases()) {
      Split before = sides.putIfAbsent(one.source().patient(), one.split());
      assertTrue(before == null || before == one.split(), one.name());
    }
    assertEquals(6, sides.size());
    for (Split split : Split.values()) {
      assertTrue(manifest.count(split) > 0, "the fixture has patients in " + split);
    }
  }

  @Test
  void aPatientStaysOnItsSideWhenTheProportionsChange() {
    publish(sixPatientsWithTwoSeriesEach());
    DatasetManifest before = export(DatasetFormat.MONAI, "before");
    var allForTest = new SplitRule(SECRET, new SplitProportions(0, 0, 100));
    publish(List.of(readings.of(Reading.of(7, 1))));

    DatasetManifest after =
        new DatasetExport(store, TestBroker.stream(), database, allForTest)
            .run(request(DatasetFormat.MONAI), folder.resolve("after"), SILENT);

    Map<String, Split> splits = new HashMap<>();
    after.cases().forEach(one -> splits.put(one.name(), one.split()));
    before.cases().forEach(one -> assertEquals(one.split(), splits.remove(one.name())));
    assertEquals(List.of(Split.TEST), List.copyOf(splits.values()));
  }

  @Test
  void aCaseWithASegmentThatIsNotAssessableIsLeftOutAndNamed() {
    publish(
        List.of(
            readings.of(Reading.of(1, 1)),
            readings.of(Reading.of(2, 1).saying(Readings.SPLEEN, Verdict.NOT_ASSESSABLE))));
    DatasetManifest manifest = export(DatasetFormat.MONAI, "target");

    assertEquals(1, manifest.cases().size());
    assertEquals(new PatientKey("pk1"), manifest.cases().get(0).source().patient());
    assertEquals(LeftOutCase.Reason.NOT_ASSESSABLE, manifest.leftOut().get(0).reason());
    assertTrue(manifest.leftOut().get(0).explanation().contains("[Spleen]"));
  }

  @Test
  void aRejectedSegmentIsBackground() {
    publish(List.of(readings.of(Reading.of(1, 1).saying(Readings.SPLEEN, Verdict.REJECT))));
    DatasetManifest manifest = export(DatasetFormat.MONAI, "target");
    assertEquals(
        Map.of(0, 9L * 7 * 5 - 12, 1, 12L, 2, 0L), manifest.cases().get(0).files().voxels());
  }

  @Test
  void withTheIgnoreLabelNothingIsSaidOfVoxelsOutsideTheAssessedSegments() {
    publish(
        List.of(
            readings.of(Reading.of(1, 1)),
            readings.of(Reading.of(2, 1).saying(Readings.SPLEEN, Verdict.NOT_ASSESSABLE))));
    DatasetManifest manifest =
        exporter()
            .run(
                request(DatasetFormat.NNUNET)
                    .named(7, "Abdomen")
                    .withNotAssessable(NotAssessableRule.IGNORE_LABEL),
                folder.resolve("target"),
                SILENT);

    assertEquals(2, manifest.cases().size());
    for (DatasetCase one : manifest.cases()) {
      boolean assessed = one.source().patient().value().equals("pk1");
      assertEquals(
          assessed
              ? Map.of(0, 9L * 7 * 5 - 13, 1, 12L, 2, 1L)
              : Map.of(0, 0L, 1, 12L, 2, 0L, 3, 9L * 7 * 5 - 12),
          one.files().voxels());
    }
    assertEquals(
        "{\"background\":0,\"Liver\":1,\"Spleen\":2,\"ignore\":3}",
        at("target").json("Dataset007_Abdomen/dataset.json").get("labels").toString());
  }

  @Test
  void noPatientAndNoReaderIsNamedInAnyFile() {
    publish(sixPatientsWithTwoSeriesEach());
    export(DatasetFormat.NNUNET, "nnunet");
    export(DatasetFormat.MONAI, "monai");
    for (String target : List.of("nnunet", "monai")) {
      for (Path file : at(target).files()) {
        String content = new String(ExportedFolder.content(file), StandardCharsets.ISO_8859_1);
        for (String secret : List.of("Familyname", "HOSPITAL-ID", Readings.READER, "dr.reader")) {
          assertFalse(content.contains(secret), file + " has " + secret);
          assertFalse(file.toString().contains(secret), file.toString());
        }
      }
    }
    String manifest =
        new String(
            ExportedFolder.bytes(folder.resolve("nnunet").resolve("manifest.json")),
            StandardCharsets.UTF_8);
    assertTrue(manifest.contains("\"reader\" : \"reader_"), "the reader has a pseudonym");
    assertTrue(manifest.contains("\"patient\" : \"pk1\""), "the patient has a pseudonym");
  }

  @Test
  void progressIsToldFromNoneToAll() {
    publish(sixPatientsWithTwoSeriesEach());
    var told = new ArrayList<String>();
    exporter()
        .run(
            request(DatasetFormat.MONAI),
            folder.resolve("target"),
            (done, total) -> told.add(done + "/" + total));
    assertEquals(
        Stream.iterate(0, done -> done + 1).limit(13).map(done -> done + "/12").toList(), told);
  }
}
