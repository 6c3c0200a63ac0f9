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
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.finding.Finding;
import org.firstpass.finding.Outline;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSpace;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers found beside the segments, in the report. */
class ReportedFindingsTest {
  private static final SourceSeries SOURCE =
      SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));
  private static final GridGeometry GRID = SOURCE.geometry();
  private static final LabelMap LABELS = TestSegments.blobs(GRID, 3);
  private static final CodedConcept LENGTH = new CodedConcept("410668003", "SCT", "Length");
  private static final CodedConcept AREA = new CodedConcept("42798000", "SCT", "Area");
  private static final CodedConcept LESION = new CodedConcept("52988006", "SCT", "Lesion");
  private static final CodedConcept QUALITY = new CodedConcept("quality", "99X", "Image quality");
  private static final CodedConcept GOOD = new CodedConcept("good", "99X", "Good");
  private static final CodedConcept COMMENT = new CodedConcept("121106", "DCM", "Comment");
  private static final ReaderFindings ALL =
      new ReaderFindings(
          List.of(
              new Finding.Length(heading(1, LENGTH, 7), line(SOURCE)),
              new Finding.Area(heading(2, AREA, 0), border(SOURCE)),
              new Finding.Contour(heading(3, LESION, 0), border(SOURCE)),
              new Finding.Box(heading(4, LESION, 0), box(SOURCE)),
              new Finding.Point(heading(5, LESION, 0), Outline.of(at(SOURCE, 4, 6, 2))),
              new Finding.Tag(heading(6, QUALITY, 0), GOOD),
              new Finding.Tag(heading(7, LESION, 2), null),
              new Finding.Comment(heading(8, COMMENT, 0), "größer als zuvor"),
              new Finding.Comment(heading(9, COMMENT, 2), "at its edge")));

  @TempDir private Path folder;

  @Test
  void aLengthIsAMeasurementInferredFromALineInThePatient() throws Exception {
    Attributes group = drawn(read(SOURCE, ALL)).get(0);
    assertEquals("1501", template(group));
    assertNumber(group, "410668003", Math.hypot(10 * 0.7, 20 * 0.9), "mm");
    assertEquals("64033007", code(item(group, "121071")), "of the kidney");
    Attributes line = children(item(group, "410668003")).get(0);
    assertEquals("INFERRED FROM", line.getString(Tag.RelationshipType));
    assertEquals("SCOORD3D", line.getString(Tag.ValueType));
    assertEquals("POLYLINE", line.getString(Tag.GraphicType));
    assertEquals("2.25.13", line.getString(Tag.ReferencedFrameOfReferenceUID));
    assertPoints(line, at(SOURCE, 2, 3, 1), at(SOURCE, 12, 23, 1));
  }

  @Test
  void anAreaIsAClosedRegionWithItsMeasurement() throws Exception {
    Attributes group = drawn(read(SOURCE, ALL)).get(1);
    assertEquals("1410", template(group));
    assertNumber(group, "42798000", 0.5 * (10 * 0.7) * (20 * 0.9), "mm2");
    Attributes region = item(group, "111030");
    assertEquals("POLYGON", region.getString(Tag.GraphicType));
    assertPoints(
        region,
        at(SOURCE, 2, 3, 1),
        at(SOURCE, 12, 3, 1),
        at(SOURCE, 12, 23, 1),
        at(SOURCE, 2, 3, 1));
    assertTrue(find(group, "121071").isEmpty(), "of the image, so of no structure");
  }

  @Test
  void contourBoxAndPointAreRegionsWithWhatWasFoundThere() throws Exception {
    List<Attributes> groups = drawn(read(SOURCE, ALL));
    for (Attributes group : groups.subList(2, 5)) {
      assertEquals("1410", template(group));
      assertEquals("52988006", code(item(group, "121071")));
    }
    assertEquals("POLYGON", item(groups.get(3), "111030").getString(Tag.GraphicType));
    assertEquals(15, item(groups.get(3), "111030").getFloats(Tag.GraphicData).length);
    assertEquals("POINT", item(groups.get(4), "111030").getString(Tag.GraphicType));
    assertPoints(item(groups.get(4), "111030"), at(SOURCE, 4, 6, 2));
  }

  @Test
  void tagsAndCommentsOfTheImageAreQualitativeEvaluations() throws Exception {
    List<Attributes> said = children(item(read(SOURCE, ALL), "C0034375"));
    assertEquals(List.of("quality", "121106"), said.stream().map(item -> name(item)).toList());
    assertEquals("good", code(said.get(0)));
    assertEquals("größer als zuvor", said.get(1).getString(Tag.TextValue));
  }

  @Test
  void tagsAndCommentsOfASegmentAreInItsGroup() throws Exception {
    // The schema's third segment is number 2, the liver.
    List<Attributes> liver = children(groups(read(SOURCE, ALL)).get(2));
    assertTrue(
        liver.stream()
            .anyMatch(item -> name(item).equals("121071") && code(item).equals("52988006")));
    assertTrue(
        liver.stream().anyMatch(item -> "at its edge".equals(item.getString(Tag.TextValue))));
  }

  @Test
  void saysWhoFoundItWhenAndTracksItFromReportToReport() throws Exception {
    Attributes report = read(SOURCE, ALL);
    Attributes group = drawn(report).get(0);
    assertEquals("20261129080000", group.getString(Tag.ObservationDateTime));
    assertEquals("anna", item(group, "121008").getString(Tag.PersonName));
    assertTrue(
        children(report).stream().anyMatch(item -> "anna".equals(item.getString(Tag.PersonName))),
        "is one of the observers");
    String tracking = item(group, "112040").getString(Tag.UID);
    assertEquals(tracking, item(drawn(read(SOURCE, ALL)).get(0), "112040").getString(Tag.UID));
    assertEquals(
        5,
        drawn(report).stream()
            .map(each -> item(each, "112040").getString(Tag.UID))
            .distinct()
            .count());
  }

  @Test
  void whereImagesHaveNoPlaceInThePatientPointsAreOnTheImage() throws Exception {
    var flat =
        new SourceSeries(
            SOURCE.reference(),
            new GridGeometry(
                GRID.frameOfReference(),
                GRID.size(),
                GRID.position(),
                GRID.axes(),
                GRID.spacing(),
                GridSpace.IMAGE_PIXELS),
            SOURCE.frames(),
            SOURCE.patientStudyAttributes());
    Attributes report = read(flat, ALL);
    Attributes line = children(item(drawn(report).get(0), "410668003")).get(0);
    assertEquals("SCOORD", line.getString(Tag.ValueType));
    assertArrayEquals(
        new float[] {2.5f, 3.5f, 12.5f, 23.5f}, line.getFloats(Tag.GraphicData), 1e-4f);
    Attributes image = children(line).get(0);
    assertEquals("SELECTED FROM", image.getString(Tag.RelationshipType));
    SopInstanceUid first = SOURCE.frames().get(1).instance();
    assertEquals(
        first.value(),
        image.getNestedDataset(Tag.ReferencedSOPSequence).getString(Tag.ReferencedSOPInstanceUID));
    assertNumber(drawn(report).get(0), "410668003", Math.hypot(10 * 0.7, 20 * 0.9), "{pixels}");
    assertNumber(drawn(report).get(1), "42798000", 63, "{pixels}2");
    assertTrue(find(groups(report).get(0), "118565006").isEmpty(), "no volume of a segment");
    assertValid(flat);
  }

  @Test
  void isValidForToolsThatWereNotWrittenHere() throws Exception {
    assertValid(SOURCE);
  }

  private void assertValid(SourceSeries source) throws Exception {
    Path file = Files.write(folder.resolve("report.dcm"), TestReports.write(source, report(ALL)));
    DebianTool.Result checked = DebianTool.require("dciodvfy").run(file);
    assertEquals(List.of(), checked.linesStartingWith("Error"), checked.output());
    DebianTool.Result dumped = DebianTool.require("dsrdump").run("-Ec", file);
    assertEquals(0, dumped.status(), dumped.output());
    assertEquals(List.of(), dumped.linesStartingWith("E: "), dumped.output());
    assertEquals(List.of(), TestReports.warnings(dumped), dumped.output());
    assertTrue(dumped.output().contains("at its edge"), dumped.output());
  }

  private static void assertPoints(Attributes item, Vector3... points) {
    var expected = new float[points.length * 3];
    for (int i = 0; i < points.length; i++) {
      expected[3 * i] = (float) points[i].x();
      expected[3 * i + 1] = (float) points[i].y();
      expected[3 * i + 2] = (float) points[i].z();
    }
    assertArrayEquals(expected, item.getFloats(Tag.GraphicData), 1e-4f);
  }

  /** The groups after those of the three segments. */
  private static List<Attributes> drawn(Attributes report) {
    List<Attributes> groups = groups(report);
    return groups.subList(3, groups.size());
  }

  private static Attributes read(SourceSeries source, ReaderFindings findings) throws Exception {
    return dataset(TestReports.write(source, report(findings)));
  }

  private static MeasurementReport report(ReaderFindings findings) {
    MeasurementReport plain = TestReports.reviewed(LABELS);
    return new MeasurementReport(
        plain.identity(),
        plain.segmentation(),
        plain.schema(),
        plain.algorithm(),
        plain.findings(),
        findings,
        plain.review());
  }

  private static Finding.Heading heading(int number, CodedConcept concept, int segment) {
    Instant at = Instant.parse("2026-11-29T08:00:00Z");
    return new Finding.Heading(
        UUID.fromString("0000000" + number + "-0000-4000-8000-000000000001"),
        concept,
        segment,
        "anna",
        at);
  }

  private static Vector3 at(SourceSeries source, double column, double row, double slice) {
    return source.geometry().toPatient(column, row, slice);
  }

  private static Outline line(SourceSeries source) {
    return Outline.of(at(source, 2, 3, 1), at(source, 12, 23, 1));
  }

  private static Outline border(SourceSeries source) {
    return Outline.of(at(source, 2, 3, 1), at(source, 12, 3, 1), at(source, 12, 23, 1));
  }

  private static Outline box(SourceSeries source) {
    return Outline.of(
        at(source, 2, 3, 3), at(source, 12, 3, 3), at(source, 12, 23, 3), at(source, 2, 23, 3));
  }
}
