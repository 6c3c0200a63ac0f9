package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyObjectWriterTest {
  private static final SourceSeries SOURCE =
      SegmentationRoundTripTest.source(TestCt.oblique(23, 38, 5));

  @TempDir private Path folder;

  @Test
  void pointsAtTheInstancesOfTheSlicesAndAtTheSegmentation() throws Exception {
    Attributes document = read(TestReports.selection(List.of(3, 1)));
    List<String> images =
        document.getSequence(Tag.ContentSequence).stream()
            .filter(item -> item.getString(Tag.ValueType).equals("IMAGE"))
            .map(item -> item.getNestedDataset(Tag.ReferencedSOPSequence))
            .map(reference -> reference.getString(Tag.ReferencedSOPInstanceUID))
            .toList();
    assertEquals(
        List.of(
            SOURCE.frames().get(1).instance().value(),
            SOURCE.frames().get(3).instance().value(),
            "2.25.777"),
        images);
  }

  @Test
  void hasAllThatItPointsAtInItsEvidenceAndNothingElse() throws Exception {
    Attributes study =
        read(TestReports.selection(List.of(4)))
            .getNestedDataset(Tag.CurrentRequestedProcedureEvidenceSequence);
    var series = study.getSequence(Tag.ReferencedSeriesSequence);
    assertEquals(2, series.size());
    assertEquals(1, series.get(0).getSequence(Tag.ReferencedSOPSequence).size());
    assertEquals("2.25.778", series.get(1).getString(Tag.SeriesInstanceUID));
    Attributes segmentationOnly = read(TestReports.selection(List.of()));
    assertEquals(
        1,
        segmentationOnly
            .getNestedDataset(Tag.CurrentRequestedProcedureEvidenceSequence)
            .getSequence(Tag.ReferencedSeriesSequence)
            .size());
  }

  @Test
  void saysThatItIsOfInterestAndWhy() throws Exception {
    Attributes document = read(TestReports.selection(List.of(0)));
    assertEquals(
        "113000", document.getNestedDataset(Tag.ConceptNameCodeSequence).getString(Tag.CodeValue));
    assertTrue(
        document.getSequence(Tag.ContentSequence).stream()
            .anyMatch(
                item ->
                    "For review: the network was least sure here"
                        .equals(item.getString(Tag.TextValue))));
  }

  @Test
  void writesTheSameBytesForTheSameInput() {
    assertArrayEquals(
        TestReports.write(SOURCE, TestReports.selection(List.of(1, 2))),
        TestReports.write(SOURCE, TestReports.selection(List.of(2, 1, 1))));
  }

  @Test
  void choosesTheSlicesOfWhichTheNetworkWasLeastSure() {
    assertEquals(
        List.of(1, 3, 4), KeyObjectSelection.leastSure(List.of(0.1, 0.4, 0.0, 0.3, 0.9), 3));
    assertEquals(List.of(0), KeyObjectSelection.leastSure(List.of(0.1, 0.0), 3));
    assertEquals(List.of(0, 1), KeyObjectSelection.leastSure(List.of(0.5, 0.5, 0.5), 2));
  }

  @Test
  void refusesToPointAtNothing() {
    var identity = TestReports.identity(810);
    assertThrows(
        IllegalArgumentException.class,
        () -> new KeyObjectSelection(identity, "why", List.of(), null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new KeyObjectSelection(identity, " ", List.of(1), null));
    KeyObjectSelection beyond = TestReports.selection(List.of(5));
    assertThrows(IllegalArgumentException.class, () -> TestReports.write(SOURCE, beyond));
  }

  @Test
  void isValidForAToolThatWasNotWrittenHere() throws Exception {
    Path file =
        Files.write(
            folder.resolve("key.dcm"),
            TestReports.write(SOURCE, TestReports.selection(List.of(1, 2))));
    DebianTool.Result checked = DebianTool.require("dciodvfy").run(file);
    assertEquals(List.of(), checked.linesStartingWith("Error"), checked.output());
    DebianTool.Result read = DebianTool.require("dsrdump").run("-Ec", file);
    assertEquals(0, read.status(), read.output());
    assertEquals(List.of(), read.linesStartingWith("E: "), read.output());
    assertEquals(List.of(), TestReports.warnings(read), read.output());
  }

  private static Attributes read(KeyObjectSelection selection) throws Exception {
    try (var in =
        new DicomInputStream(new ByteArrayInputStream(TestReports.write(SOURCE, selection)))) {
      return in.readDataset(-1, -1);
    }
  }
}
