package org.firstpass.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.firstpass.dataset.split.Split;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.failure.Defect;
import org.firstpass.segment.LabelSchema;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.Sha256;
import org.firstpass.volume.LabelMapCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetManifestTest {
  private static final LabelSchema SCHEMA = Readings.schema("Upper abdomen", 1);

  @TempDir Path folder;

  @Test
  void onePatientOnTwoSidesIsRefused() {
    DatasetCase training = someCase("case_1", Split.TRAINING);
    DatasetCase test = someCase("case_2", Split.TEST);
    Defect defect = assertThrows(Defect.class, () -> manifest(training, test));
    assertTrue(defect.getMessage().contains("pk1"), defect.getMessage());
  }

  @Test
  void twoCasesOfOneNameAreRefused() {
    DatasetCase one = someCase("case_1", Split.TRAINING);
    assertThrows(Defect.class, () -> manifest(one, one));
  }

  @Test
  void theOrderOfTheCasesLeavesNoTrace() {
    DatasetCase one = someCase("case_1", Split.TEST);
    DatasetCase two = someCase("case_2", Split.TEST);
    assertEquals(manifest(one, two).hash(), manifest(two, one).hash());
  }

  private static DatasetManifest manifest(DatasetCase... cases) {
    return new DatasetManifest(
        DatasetManifest.FORMAT_VERSION,
        new DatasetDescription(
            DatasetFormat.MONAI,
            1,
            "Abdomen",
            "CT",
            NotAssessableRule.LEAVE_OUT,
            null,
            Selection.ALL),
        SCHEMA,
        new LabelTable(SCHEMA).values(),
        null,
        List.of(cases),
        List.of());
  }

  private DatasetCase someCase(String name, Split split) {
    var store = new FileObjectStore(folder);
    CorrectionAccepted event = new Readings(store, SCHEMA).of(Reading.of(1, 1));
    var file = new DatasetCase.NiftiFile("some.nii.gz", Sha256.of(new byte[0]));
    return new DatasetCase(
        name,
        split,
        new DatasetCase.Source(
            event.input().patient(),
            event.input().reference(),
            1,
            event.input().revisionHash(),
            List.of()),
        new DatasetCase.Files(
            file,
            file,
            LabelMapCodec.decode(store.read(event.acceptedLabels().digest())).geometry(),
            new TreeMap<>()),
        new DatasetCase.Provenance(
            event.id(),
            event.time(),
            event.taskId(),
            new DatasetCase.Reading("reader_1", 1, null, null, List.of()),
            new DatasetCase.Proposed(
                event.proposalId(), event.modelPackage(), event.proposedLabels().digest()),
            new DatasetCase.Outcome(
                event.acceptedLabels().digest(), event.segmentation().digest())),
        event.decisions());
  }
}
