package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.firstpass.dataset.ExportRefused.Reason;
import org.firstpass.dataset.split.DatasetSecret;
import org.firstpass.dataset.split.SplitRule;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.study.PatientKey;
import org.firstpass.study.Sha256;
import org.firstpass.testing.TestBroker;
import org.junit.jupiter.api.Test;

class DatasetRefusalTest extends ExportFixture {
  @Test
  void whatCannotBeRebuiltIsRefusedAndLeavesNothing() {
    publish(List.of(readings.of(Reading.of(1, 1))));
    export(DatasetFormat.MONAI, "old");
    byte[] manifest = ExportedFolder.bytes(folder.resolve("old").resolve("manifest.json"));
    var otherSecret = SplitRule.of(new DatasetSecret(new byte[32]));
    var elsewhere = new DatasetExport(store, TestBroker.stream(), database, otherSecret);
    Path target = folder.resolve("rebuilt");

    assertEquals(
        Reason.CANNOT_REBUILD,
        assertThrows(ExportRefused.class, () -> elsewhere.rebuild(manifest, target, SILENT))
            .reason());
    byte[] other = "{\"formatVersion\": 99}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        Reason.NOT_A_MANIFEST,
        assertThrows(ExportRefused.class, () -> exporter().rebuild(other, target, SILENT))
            .reason());
    assertFalse(Files.exists(target));
  }

  @Test
  void severalModalitiesAreRefusedByNameUntilOneIsChosen() {
    readings.modality("MR");
    CorrectionAccepted magnetic = readings.of(Reading.of(1, 1));
    readings.modality("CT");
    publish(List.of(magnetic, readings.of(Reading.of(2, 1))));

    ExportRefused refusal =
        assertThrows(ExportRefused.class, () -> export(DatasetFormat.MONAI, "target"));
    assertEquals(Reason.CHOOSE_MODALITY, refusal.reason());
    assertTrue(refusal.getMessage().contains("[CT, MR]"), refusal.getMessage());

    DatasetManifest manifest =
        exporter()
            .run(request(DatasetFormat.MONAI).withModality("CT"), folder.resolve("target"), SILENT);
    assertEquals(1, manifest.cases().size());
    assertEquals(new PatientKey("pk2"), manifest.cases().get(0).source().patient());
  }

  @Test
  void theTargetMustBeEmptyAndIsLeftAsItIs() throws IOException {
    publish(List.of(readings.of(Reading.of(1, 1))));
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.writeString(target.resolve("note.txt"), "mine");

    ExportRefused refusal =
        assertThrows(ExportRefused.class, () -> export(DatasetFormat.MONAI, "target"));

    assertEquals(Reason.TARGET_NOT_EMPTY, refusal.reason());
    assertEquals(List.of("note.txt"), at("target").names(""));
    Files.delete(target.resolve("note.txt"));
    assertEquals(1, export(DatasetFormat.MONAI, "target").cases().size());
  }

  @Test
  void anExportThatFailsLeavesNothingBehind() throws IOException {
    List<CorrectionAccepted> events = sixPatientsWithTwoSeriesEach();
    publish(events);
    Sha256 lost = events.get(5).acceptedLabels().digest();
    Files.delete(folder.resolve("objects").resolve(lost.hex().substring(0, 3)).resolve(lost.hex()));

    Defect defect = assertThrows(Defect.class, () -> export(DatasetFormat.NNUNET, "out/target"));

    assertEquals(ReasonCode.OBJECT_MISSING, defect.code());
    assertEquals(List.of(), at("out").names(""));
  }

  @Test
  void labelsOnAnotherGridAreADefectAndNoCase() {
    CorrectionAccepted right = readings.of(Reading.of(1, 1));
    CorrectionAccepted larger = readings.of(Reading.of(1, 2).revision(3));
    publish(List.of(Readings.withLabels(right, larger.acceptedLabels())));
    Defect defect = assertThrows(Defect.class, () -> export(DatasetFormat.MONAI, "target"));
    assertTrue(defect.getMessage().contains(right.series().value()), defect.getMessage());
    assertFalse(Files.exists(folder.resolve("target")));
  }
}
