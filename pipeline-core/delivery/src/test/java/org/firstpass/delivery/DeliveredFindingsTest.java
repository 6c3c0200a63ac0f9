package org.firstpass.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.firstpass.dicom.ObjectChecker;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.event.CorrectionAccepted;
import org.firstpass.event.ObjectReference;
import org.firstpass.failure.Defect;
import org.firstpass.finding.Finding;
import org.firstpass.finding.FindingCodec;
import org.firstpass.finding.Outline;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.store.FileObjectStore;
import org.firstpass.study.Sha256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader found beside the labels, in the report that a destination gets. */
class DeliveredFindingsTest {
  private static final CodedConcept LENGTH = new CodedConcept("410668003", "SCT", "Length");
  private static final CodedConcept COMMENT = new CodedConcept("121106", "DCM", "Comment");

  @TempDir private Path folder;
  private FileObjectStore store;
  private ObjectMaker maker;
  private CorrectionAccepted plain;

  @BeforeEach
  void open() {
    store = new FileObjectStore(folder);
    maker = new ObjectMaker(store, new StoredSeries(store));
    plain = SampleResult.in(store).correction();
  }

  @Test
  void areInTheReportOfACorrection() {
    var outline = Outline.of(new Vector3(-9, 21, 30), new Vector3(-5, 24, 30));
    List<Finding> findings =
        List.of(
            new Finding.Length(heading(1, LENGTH), outline),
            new Finding.Comment(heading(2, COMMENT), "seen before"));
    Sha256 report = report(store.put(FindingCodec.encode(findings), FindingCodec.MEDIA_TYPE));
    String json = DicomJson.header(() -> store.open(report), tag -> true).json();
    assertTrue(json.contains("SCOORD3D"), json);
    assertTrue(json.contains("seen before"), json);
    assertEquals(List.of(), ObjectChecker.check(() -> store.open(report)));
  }

  @Test
  void areNotInAReportOfACorrectionWithoutThem() {
    Sha256 report = report(null);
    String json = DicomJson.header(() -> store.open(report), tag -> true).json();
    assertFalse(json.contains("SCOORD3D"), json);
  }

  @Test
  void damagedOnesAreADefectAndNoReportWithoutThem() {
    ObjectReference damaged =
        store.put("[{".getBytes(StandardCharsets.UTF_8), FindingCodec.MEDIA_TYPE);
    assertThrows(Defect.class, () -> report(damaged));
  }

  private static Finding.Heading heading(int number, CodedConcept concept) {
    return new Finding.Heading(
        new UUID(1, number), concept, 0, "reader-1", Instant.parse("2026-11-29T08:00:00Z"));
  }

  private Sha256 report(@Nullable ObjectReference findings) {
    var event =
        new CorrectionAccepted(
            plain.id(),
            plain.time(),
            plain.input(),
            plain.taskId(),
            plain.proposalId(),
            plain.modelPackage(),
            plain.schema(),
            plain.proposedLabels(),
            plain.acceptedLabels(),
            plain.segmentation(),
            plain.decisions(),
            plain.reader(),
            plain.activeMillis(),
            findings,
            plain.effort(),
            plain.selection());
    return maker.make(Result.of(event), ObjectKind.SR, SegmentationForm.BINARY, true).get(0);
  }
}
