package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Vector3;
import org.firstpass.segment.LabelSchema;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentationRoundTripTest {
  @Test
  void writesTheSameBytesForTheSameInput() {
    SourceSeries source = source(TestCt.oblique(23, 38, 5));
    LabelMap labels = TestSegments.blobs(source.geometry(), 1);
    assertArrayEquals(write(source, labels), write(source, labels));
  }

  @Test
  void statesWhatItIsAndWhatItWasMadeFrom() {
    SourceSeries source = source(TestCt.oblique(23, 38, 5));
    Segmentation read = read(write(source, TestSegments.blobs(source.geometry(), 3)));
    assertEquals(Set.of(TestCt.DESCRIPTION.reference().series()), read.referencedSeries());
    assertEquals(TestCt.DESCRIPTION.reference().study(), read.study());
    assertEquals(
        List.of("Liver", "Left kidney", "Right kidney"),
        read.segments().stream().map(segment -> segment.label()).toList());
    assertEquals(
        List.of(1, 2, 3), read.segments().stream().map(segment -> segment.number()).toList());
    assertEquals("#dd8844", read.segments().get(0).colour());
    assertEquals(Optional.of("Left"), read.segments().get(1).modifier().map(m -> m.meaning()));
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void writesOneEmptyFrameWhenNothingWasFound(SegmentationEncoding encoding) throws Exception {
    SourceSeries source = source(TestCt.oblique(5, 3, 4));
    var nothing = new LabelMap(source.geometry(), new short[60]);
    byte[] file = SegmentationEncodingTest.write(source, nothing, TestSegments.content(), encoding);
    assertEquals(1, attributes(file).getInt(Tag.NumberOfFrames, 0));
    Segmentation read = read(file);
    assertEquals(3, read.segments().size());
    assertEquals(Set.of(0L), Set.copyOf(read.voxelsPerSegment().values()));
    assertTrue(read.toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(nothing));
  }

  @Test
  void writesFramesOnlyWhereASegmentHasVoxels() throws Exception {
    SourceSeries source = source(TestCt.oblique(5, 3, 4));
    short[] labels = new short[60];
    labels[3 * 15 + 7] = 2;
    labels[15] = 300;
    Attributes attributes = attributes(write(source, new LabelMap(source.geometry(), labels)));
    assertEquals(2, attributes.getInt(Tag.NumberOfFrames, 0));
    // Frame 1 is the liver's in slice 3: pixel 7. Frame 2 begins at bit 15: the kidney's pixel 0.
    assertArrayEquals(
        new byte[] {(byte) (1 << 7), (byte) (1 << 7), 0, 0}, attributes.getBytes(Tag.PixelData));
    Attributes first = attributes.getSequence(Tag.PerFrameFunctionalGroupsSequence).get(0);
    Vector3 expected = source.geometry().toPatient(0, 0, 3);
    assertArrayEquals(
        new double[] {expected.x(), expected.y(), expected.z()},
        first.getNestedDataset(Tag.PlanePositionSequence).getDoubles(Tag.ImagePositionPatient),
        1e-9);
    assertArrayEquals(
        new int[] {1, 2},
        first.getNestedDataset(Tag.FrameContentSequence).getInts(Tag.DimensionIndexValues));
  }

  @Test
  void doesNotComeBackAsInput() {
    SourceSeries source = source(TestCt.oblique(5, 3, 4));
    byte[] file = write(source, TestSegments.blobs(source.geometry(), 3));
    var refused =
        assertThrows(
            StudyRefused.class, () -> InstanceHeader.read(() -> new ByteArrayInputStream(file)));
    assertEquals(ReasonCode.OWN_OUTPUT, refused.code());
  }

  @Test
  void placesFramesByPositionOnAGridThatRunsTheOtherWay() {
    SourceSeries source = source(TestCt.oblique(23, 38, 5));
    GridGeometry grid = source.geometry();
    LabelMap labels = TestSegments.blobs(grid, 5);
    Segmentation read = read(write(source, labels));
    // The same voxels, with all three indices growing the other way.
    GridSize size = grid.size();
    var reversed =
        new GridGeometry(
            grid.frameOfReference(),
            size,
            grid.toPatient(size.columns() - 1, size.rows() - 1, size.slices() - 1),
            new Axes(
                grid.axes().column().times(-1),
                grid.axes().row().times(-1),
                grid.axes().slice().times(-1)),
            grid.spacing());
    LabelMap mapped = read.toLabelMap(reversed, TestSegments.SCHEMA);
    for (int i = 0; i < size.voxels(); i++) {
      assertEquals(labels.labelAt(i), mapped.labelAt(size.voxels() - 1 - i));
    }
  }

  @Test
  void refusesAGridOnWhichItDoesNotLieWithNumbers() {
    SourceSeries source = source(TestCt.oblique(23, 38, 5));
    GridGeometry grid = source.geometry();
    Segmentation read = read(write(source, TestSegments.blobs(grid, 5)));
    assertRefused(
        read,
        new GridGeometry(
            grid.frameOfReference(),
            grid.size(),
            grid.toPatient(0.3, 0, 0),
            grid.axes(),
            grid.spacing()),
        "-0.300");
    assertRefused(
        read,
        new GridGeometry(
            new FrameOfReferenceUid("2.25.99"),
            grid.size(),
            grid.position(),
            grid.axes(),
            grid.spacing()),
        "2.25.99");
    assertRefused(
        read,
        new GridGeometry(
            grid.frameOfReference(),
            new GridSize(3, 3, 1),
            grid.position(),
            grid.axes(),
            grid.spacing()),
        "outside the grid");
  }

  @Test
  void refusesASegmentThatTheSchemaDoesNotHave() {
    SourceSeries source = source(TestCt.oblique(23, 38, 5));
    Segmentation read = read(write(source, TestSegments.noise(source.geometry(), 5)));
    var liverOnly = new LabelSchema("liver", 1, List.of(TestSegments.SCHEMA.segments().get(2)));
    var refused =
        assertThrows(StudyRefused.class, () -> read.toLabelMap(source.geometry(), liverOnly));
    assertEquals(ReasonCode.UNKNOWN_SEGMENT, refused.code());
  }

  @Test
  void refusesToWriteALabelThatTheSchemaDoesNotHave() {
    SourceSeries source = source(TestCt.oblique(5, 3, 4));
    short[] labels = new short[60];
    labels[59] = 9;
    var map = new LabelMap(source.geometry(), labels);
    assertThrows(Defect.class, () -> write(source, map));
  }

  @Test
  void refusesToWriteOnAnotherGrid() {
    SourceSeries source = source(TestCt.oblique(5, 3, 4));
    LabelMap other = TestSegments.blobs(TestCt.oblique(5, 4, 4), 1);
    assertThrows(IllegalArgumentException.class, () -> write(source, other));
  }

  @Test
  void refusesWhatIsNoSegmentation() {
    byte[] image =
        CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(TestCt.oblique(5, 3, 1))).get(0);
    assertEquals(
        ReasonCode.NOT_AN_IMAGE, assertThrows(StudyRefused.class, () -> read(image)).code());
    byte[] garbage = "not a DICOM file at all, but long enough to look at".repeat(9).getBytes();
    assertEquals(
        ReasonCode.MALFORMED_INSTANCE,
        assertThrows(StudyRefused.class, () -> read(garbage)).code());
  }

  @Test
  void refusesAFileThatWasCutOff() {
    SourceSeries source = source(TestCt.oblique(23, 38, 5));
    byte[] file = write(source, TestSegments.blobs(source.geometry(), 5));
    for (int length = 200; length < file.length; length += 97) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(StudyRefused.class, () -> read(cut), "cut to " + length);
    }
  }

  private static void assertRefused(Segmentation read, GridGeometry grid, String expected) {
    var refused =
        assertThrows(StudyRefused.class, () -> read.toLabelMap(grid, TestSegments.SCHEMA));
    assertEquals(ReasonCode.OFF_GRID, refused.code());
    assertTrue(String.valueOf(refused.getMessage()).contains(expected), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).contains("Phantom"));
  }

  static SourceSeries source(GridGeometry geometry) {
    List<InstanceSource> instances =
        CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(geometry)).stream()
            .<InstanceSource>map(file -> () -> new ByteArrayInputStream(file))
            .toList();
    return SeriesSurvey.of(instances).read().source();
  }

  /** One slice alone says nothing of the distance between slices, so it is the first of two. */
  static SourceSeries firstSlice(SourceSeries two) {
    GridGeometry grid = two.geometry();
    GridSize size = new GridSize(grid.size().columns(), grid.size().rows(), 1);
    return new SourceSeries(
        two.reference(),
        new GridGeometry(
            grid.frameOfReference(), size, grid.position(), grid.axes(), grid.spacing()),
        two.frames().subList(0, 1),
        two.patientStudyAttributes());
  }

  static byte[] write(SourceSeries source, LabelMap labels) {
    var out = new ByteArrayOutputStream();
    SegmentationWriter.write(source, labels, TestSegments.content(), out);
    return out.toByteArray();
  }

  private static Segmentation read(byte[] file) {
    return SegmentationReader.read(() -> new ByteArrayInputStream(file));
  }

  private static Attributes attributes(byte[] file) throws Exception {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }
}
