package org.firstpass.dicom;

import static org.firstpass.dicom.ImageSegmentationTest.cine;
import static org.firstpass.dicom.ImageSegmentationTest.radiograph;
import static org.firstpass.dicom.ImageSegmentationTest.region;
import static org.firstpass.dicom.ImageSegmentationTest.survey;
import static org.firstpass.dicom.ReportTree.assertNumber;
import static org.firstpass.dicom.ReportTree.children;
import static org.firstpass.dicom.ReportTree.dataset;
import static org.firstpass.dicom.ReportTree.groups;
import static org.firstpass.dicom.ReportTree.item;
import static org.firstpass.dicom.ReportTree.template;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.finding.Finding;
import org.firstpass.finding.Outline;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.CodedConcept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of what was found on radiographs and loops, which lie nowhere in the patient. */
class FindingsOnImagesTest {
  private static final CodedConcept LENGTH = new CodedConcept("410668003", "SCT", "Length");
  private static final CodedConcept AREA = new CodedConcept("42798000", "SCT", "Area");
  private static final CodedConcept LESION = new CodedConcept("52988006", "SCT", "Lesion");
  private static final double HALF = 0.5;

  @TempDir private Path folder;

  @Test
  void onARadiographPointsAreInItsPixelsAndLengthsInMillimetresOfItsDetector() throws Exception {
    SourceSeries source = survey(radiograph()).source();
    List<Attributes> groups = report(source, 0);
    assertNumber(groups.get(0), "410668003", Math.hypot(4 * 0.2, 0.15), "mm");
    assertNumber(groups.get(1), "42798000", HALF * (4 * 0.2) * (2 * 0.15), "mm2");
    Attributes image = image(line(groups));
    assertFalse(image.contains(Tag.ReferencedFrameNumber), "an image of one frame");
    assertEquals("2.25.100.1", image.getString(Tag.ReferencedSOPInstanceUID));
  }

  @Test
  void onALoopPointsAreOfTheFrameOnWhichTheyWereDrawnAndInPixels() throws Exception {
    SourceSeries source = survey(cine(4)).source();
    List<Attributes> groups = report(source, 2);
    assertNumber(groups.get(0), "410668003", Math.hypot(4, 1), "{pixels}");
    assertNumber(groups.get(1), "42798000", 4, "{pixels}2");
    Stream.of(line(groups), item(groups.get(1), "111030"), item(groups.get(2), "111030"))
        .forEach(place -> assertEquals(3, image(place).getInt(Tag.ReferencedFrameNumber, -1)));
  }

  @Test
  void onALoopOfKnownScaleLengthsAreInMillimetres() throws Exception {
    TestImage loop = cine(4);
    region(loop, 0, 0, 4, 2, 0.04);
    List<Attributes> groups = report(survey(loop).source(), 3);
    assertNumber(groups.get(0), "410668003", Math.hypot(4, 1) * 0.4, "mm");
    assertEquals(4, image(line(groups)).getInt(Tag.ReferencedFrameNumber, -1));
  }

  /** A line, a border and a point on one frame, written, checked by others, and read. */
  private List<Attributes> report(SourceSeries source, int frame) throws Exception {
    byte[] file = TestReports.write(source, found(source, frame));
    assertValid(file);
    List<Attributes> groups = groups(dataset(file));
    List<Attributes> drawn = groups.subList(groups.size() - 3, groups.size());
    assertEquals(
        List.of("1501", "1410", "1410"), drawn.stream().map(each -> template(each)).toList());
    assertPlace(line(drawn), "POLYLINE", 0.5f, 1.5f, 4.5f, 2.5f);
    assertPlace(
        item(drawn.get(1), "111030"), "POLYLINE", 0.5f, 0.5f, 4.5f, 0.5f, 4.5f, 2.5f, 0.5f, 0.5f);
    assertPlace(item(drawn.get(2), "111030"), "POINT", 2.5f, 1.5f);
    return drawn;
  }

  private void assertValid(byte[] file) throws Exception {
    assertEquals(List.of(), ObjectChecker.check(() -> new ByteArrayInputStream(file)));
    Path written = Files.write(folder.resolve("report.dcm"), file);
    DebianTool.Result checked = DebianTool.require("dciodvfy").run(written);
    assertEquals(List.of(), checked.linesStartingWith("Error"), checked.output());
    DebianTool.Result dumped = DebianTool.require("dsrdump").run("-Ec", written);
    assertEquals(0, dumped.status(), dumped.output());
    assertEquals(List.of(), dumped.linesStartingWith("E: "), dumped.output());
    assertEquals(List.of(), TestReports.warnings(dumped), dumped.output());
    assertTrue(dumped.output().contains("SCOORD"), dumped.output());
  }

  private static void assertPlace(Attributes place, String shape, float... points) {
    assertEquals("SCOORD", place.getString(Tag.ValueType));
    assertEquals(shape, place.getString(Tag.GraphicType));
    assertArrayEquals(points, place.getFloats(Tag.GraphicData), 1e-4f);
    Attributes image = children(place).get(0);
    assertEquals("SELECTED FROM", image.getString(Tag.RelationshipType));
    assertEquals("IMAGE", image.getString(Tag.ValueType));
  }

  private static Attributes line(List<Attributes> drawn) {
    return children(item(drawn.get(0), "410668003")).get(0);
  }

  private static Attributes image(Attributes place) {
    return children(place).get(0).getNestedDataset(Tag.ReferencedSOPSequence);
  }

  private static MeasurementReport found(SourceSeries source, int frame) {
    Vector3 corner = source.geometry().toPatient(0, 0, frame);
    Vector3 far = source.geometry().toPatient(4, 2, frame);
    var found =
        new ReaderFindings(
            List.of(
                new Finding.Length(
                    heading(1, LENGTH), Outline.of(source.geometry().toPatient(0, 1, frame), far)),
                new Finding.Area(
                    heading(2, AREA),
                    Outline.of(corner, source.geometry().toPatient(4, 0, frame), far)),
                new Finding.Point(
                    heading(3, LESION), Outline.of(source.geometry().toPatient(2, 1, frame)))));
    MeasurementReport plain =
        TestReports.reviewed(TestSegments.blobs(TestCt.oblique(23, 38, 5), 3));
    return new MeasurementReport(
        plain.identity(),
        plain.segmentation(),
        plain.schema(),
        plain.algorithm(),
        plain.findings(),
        found,
        plain.review());
  }

  private static Finding.Heading heading(int number, CodedConcept concept) {
    Instant at = Instant.parse("2026-11-29T08:00:00Z");
    UUID id = UUID.fromString("0000000" + number + "-0000-4000-8000-000000000001");
    return new Finding.Heading(id, concept, 0, "anna", at);
  }
}
