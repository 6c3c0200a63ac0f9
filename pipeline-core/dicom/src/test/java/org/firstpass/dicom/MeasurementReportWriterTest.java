package org.firstpass.dicom;

import static org.firstpass.dicom.ReportTree.assertNumber;
import static org.firstpass.dicom.ReportTree.children;
import static org.firstpass.dicom.ReportTree.code;
import static org.firstpass.dicom.ReportTree.dataset;
import static org.firstpass.dicom.ReportTree.find;
import static org.firstpass.dicom.ReportTree.groups;
import static org.firstpass.dicom.ReportTree.item;
import static org.firstpass.dicom.ReportTree.name;
import static org.firstpass.dicom.ReportTree.template;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.firstpass.dicom.MeasurementReport.Finding;
import org.firstpass.dicom.MeasurementReport.Review;
import org.firstpass.dicom.MeasurementReport.Scores;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.SegmentMeasurement;
import org.firstpass.volume.SegmentMeasurements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementReportWriterTest {
  private static final SourceSeries SOURCE =
      SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));
  private static final LabelMap LABELS = TestSegments.blobs(SOURCE.geometry(), 3);

  @TempDir private Path folder;

  @Test
  void writesTheSameBytesForTheSameInput() {
    assertArrayEquals(
        TestReports.write(SOURCE, TestReports.reviewed(LABELS)),
        TestReports.write(SOURCE, TestReports.reviewed(LABELS)));
  }

  @Test
  void hasAMeasurementGroupForEachSegmentOfTheSegmentation() throws Exception {
    Attributes report = read(TestReports.reviewed(LABELS));
    List<Attributes> groups = groups(report);
    assertEquals(3, groups.size());
    // The schema's 7, 300, 2 are the segmentation's 2, 3, 1.
    assertEquals(List.of(2, 3, 1), groups.stream().map(group -> segment(group)).toList());
    assertEquals(
        "2.25.777",
        item(groups.get(0), "121191")
            .getNestedDataset(Tag.ReferencedSOPSequence)
            .getString(Tag.ReferencedSOPInstanceUID));
    assertEquals("2.25.12", item(groups.get(0), "121232").getString(Tag.UID));
    assertEquals("1411", template(groups.get(0)));
    assertEquals("1500", template(report));
  }

  @Test
  void countsSegmentsByTheirOwnNumberInALabelMap() throws Exception {
    Attributes report =
        read(
            TestReports.report(LABELS, TestReports.LABEL_MAP_SEGMENTATION, Review.NONE, List.of()));
    assertEquals(List.of(7, 300, 2), groups(report).stream().map(group -> segment(group)).toList());
  }

  @Test
  void tracksASegmentAsTheSegmentationDoes() throws Exception {
    Sequence segments =
        dataset(SegmentationRoundTripTest.write(SOURCE, LABELS)).getSequence(Tag.SegmentSequence);
    for (Attributes group : groups(read(TestReports.proposal(LABELS)))) {
      Attributes segment = segments.get(segment(group) - 1);
      assertEquals(segment.getString(Tag.TrackingUID), item(group, "112040").getString(Tag.UID));
      assertEquals(
          segment.getString(Tag.TrackingID), item(group, "112039").getString(Tag.TextValue));
    }
  }

  @Test
  void measuresInUcumUnits() throws Exception {
    SegmentMeasurement kidney = SegmentMeasurements.of(LABELS).get(7);
    Attributes group = groups(read(TestReports.proposal(LABELS))).get(0);
    assertNumber(group, "118565006", kidney.volumeMm3(), "mm3");
    assertNumber(group, "103339001", kidney.longestInPlaneMm(), "mm");
    assertNumber(group, "103340004", kidney.perpendicularMm(), "mm");
    assertNumber(group, "L0JK", kidney.longestMm(), "mm");
    assertNumber(group, "uncertainty", 0.125, "1");
    assertNumber(group, "agreement", 0.9, "1");
    assertNumber(group, "quality", 0.75, "1");
  }

  @Test
  void givesASegmentWithoutVoxelsNoVolumeAndNoLength() throws Exception {
    LabelMap empty = new LabelMap(SOURCE.geometry(), new short[23 * 38 * 5]);
    Attributes group = groups(read(TestReports.proposal(empty))).get(1);
    assertNumber(group, "118565006", 0, "mm3");
    assertTrue(find(group, "103339001").isEmpty());
    assertTrue(find(group, "uncertainty").isEmpty());
  }

  @Test
  void saysWhatMadeTheSegments() throws Exception {
    Attributes group = groups(read(TestReports.proposal(LABELS))).get(2);
    assertEquals("abdomen-phantom", item(group, "111001").getString(Tag.TextValue));
    assertEquals("1.0.0", item(group, "111003").getString(Tag.TextValue));
    assertEquals("overlap 0.5", item(group, "111002").getString(Tag.TextValue));
    assertEquals("123110", code(item(group, "111000")));
  }

  @Test
  void saysWhereAPairedOrganLies() throws Exception {
    List<Attributes> groups = groups(read(TestReports.proposal(LABELS)));
    assertEquals("7771000", code(item(item(groups.get(0), "363698007"), "272741003")));
    assertEquals("24028007", code(item(item(groups.get(1), "363698007"), "272741003")));
    assertTrue(find(item(groups.get(2), "363698007"), "272741003").isEmpty());
  }

  @Test
  void saysWhichReaderGaveWhichVerdict() throws Exception {
    Attributes group = groups(read(TestReports.reviewed(LABELS))).get(0);
    List<Attributes> verdicts =
        children(group).stream().filter(child -> name(child).equals("verdict")).toList();
    assertEquals(
        List.of("accept", "corrected-major"),
        verdicts.stream().map(verdict -> code(verdict)).toList());
    assertEquals("Reader^Erste", item(verdicts.get(0), "121008").getString(Tag.PersonName));
    assertEquals("Löwe^Zweiter", item(verdicts.get(1), "121008").getString(Tag.PersonName));
    assertEquals("zweiter", item(verdicts.get(1), "128774").getString(Tag.TextValue));
    assertEquals("20261123113000", item(verdicts.get(1), "verdict-time").getString(Tag.DateTime));
  }

  @Test
  void namesDeviceAndPersonsAsItsObservers() throws Exception {
    assertEquals(
        List.of("121007", "121006", "121006"), observers(read(TestReports.reviewed(LABELS))));
    assertEquals(List.of("121007"), observers(read(TestReports.proposal(LABELS))));
  }

  @Test
  void isUnverifiedUntilAPersonAnswersForIt() throws Exception {
    Attributes proposal = read(TestReports.proposal(LABELS));
    assertEquals("PARTIAL", proposal.getString(Tag.CompletionFlag));
    assertEquals("UNVERIFIED", proposal.getString(Tag.VerificationFlag));
    assertFalse(proposal.contains(Tag.VerifyingObserverSequence));
    assertFalse(proposal.contains(Tag.PredecessorDocumentsSequence));
    Attributes reviewed = read(TestReports.reviewed(LABELS));
    assertEquals("COMPLETE", reviewed.getString(Tag.CompletionFlag));
    assertEquals("VERIFIED", reviewed.getString(Tag.VerificationFlag));
    assertEquals(
        "Löwe^Zweiter",
        reviewed
            .getNestedDataset(Tag.VerifyingObserverSequence)
            .getString(Tag.VerifyingObserverName));
  }

  @Test
  void namesTheReportThatItReplaces() throws Exception {
    Attributes study =
        read(TestReports.reviewed(LABELS)).getNestedDataset(Tag.PredecessorDocumentsSequence);
    Attributes series = study.getNestedDataset(Tag.ReferencedSeriesSequence);
    assertEquals("2.25.11", study.getString(Tag.StudyInstanceUID));
    assertEquals("2.25.901", series.getString(Tag.SeriesInstanceUID));
    assertEquals(
        "2.25.900",
        series.getNestedDataset(Tag.ReferencedSOPSequence).getString(Tag.ReferencedSOPInstanceUID));
  }

  @Test
  void restsOnTheSourceAndTheSegmentation() throws Exception {
    Attributes study =
        read(TestReports.proposal(LABELS))
            .getNestedDataset(Tag.CurrentRequestedProcedureEvidenceSequence);
    Sequence series = study.getSequence(Tag.ReferencedSeriesSequence);
    assertEquals("2.25.12", series.get(0).getString(Tag.SeriesInstanceUID));
    assertEquals(5, series.get(0).getSequence(Tag.ReferencedSOPSequence).size());
    assertEquals("2.25.778", series.get(1).getString(Tag.SeriesInstanceUID));
  }

  @Test
  void doesNotComeBackAsInput() {
    byte[] file = TestReports.write(SOURCE, TestReports.proposal(LABELS));
    var refused =
        assertThrows(
            StudyRefused.class, () -> InstanceHeader.read(() -> new ByteArrayInputStream(file)));
    assertEquals(ReasonCode.OWN_OUTPUT, refused.code());
  }

  @Test
  void hasOneFindingForASegmentOfItsSchema() {
    MeasurementReport report = TestReports.proposal(LABELS);
    var stranger = new Finding(9, null, Scores.UNKNOWN, List.of());
    assertThrows(IllegalArgumentException.class, () -> withFindings(report, stranger));
    var twice = report.findings().get(0);
    assertThrows(IllegalArgumentException.class, () -> withFindings(report, twice, twice));
    assertThrows(IllegalArgumentException.class, () -> withFindings(report));
  }

  @Test
  void isValidForAToolThatWasNotWrittenHere() throws Exception {
    for (MeasurementReport report :
        List.of(TestReports.proposal(LABELS), TestReports.reviewed(LABELS))) {
      Path file = Files.write(folder.resolve("report.dcm"), TestReports.write(SOURCE, report));
      DebianTool.Result result = DebianTool.require("dciodvfy").run(file);
      assertEquals(List.of(), result.linesStartingWith("Error"), result.output());
      assertTrue(result.output().contains("Comprehensive3DSR"), result.output());
    }
  }

  @Test
  void isReadByAToolThatWasNotWrittenHere() throws Exception {
    Path file =
        Files.write(
            folder.resolve("report.dcm"), TestReports.write(SOURCE, TestReports.reviewed(LABELS)));
    DebianTool.Result result = DebianTool.require("dsrdump").run("-Ec", file);
    assertEquals(0, result.status(), result.output());
    assertTrue(result.output().contains("Imaging Measurement Report"), result.output());
    assertEquals(List.of(), result.linesStartingWith("E: "), result.output());
    assertEquals(List.of(), TestReports.warnings(result), result.output());
  }

  private static MeasurementReport withFindings(MeasurementReport report, Finding... findings) {
    return new MeasurementReport(
        report.identity(),
        report.segmentation(),
        report.schema(),
        report.algorithm(),
        List.of(findings),
        report.beside(),
        report.review());
  }

  private static Attributes read(MeasurementReport report) throws Exception {
    return dataset(TestReports.write(SOURCE, report));
  }

  private static List<String> observers(Attributes report) {
    return children(report).stream()
        .filter(child -> name(child).equals("121005"))
        .map(child -> code(child))
        .toList();
  }

  private static int segment(Attributes group) {
    return item(group, "121191")
        .getNestedDataset(Tag.ReferencedSOPSequence)
        .getInt(Tag.ReferencedSegmentNumber, -1);
  }
}
