package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.GridSpace;
import org.firstpass.geometry.Spacing;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Radiographs and ultrasound, which have no place in patient space, and what is drawn on them. */
class ImageSegmentationTest {
  private static final String LOOP = "1.2.840.10008.5.1.4.1.1.3.1";
  private static final int COLUMNS = 5;
  private static final int ROWS = 3;

  @TempDir private Path folder;

  @Test
  void anImageThatSaysNothingOfItsPixelsIsInPixels() {
    GridGeometry grid = survey(cine(4)).source().geometry();
    assertEquals(GridSpace.IMAGE_PIXELS, grid.space());
    assertEquals(new Spacing(1, 1, 1), grid.spacing());
    assertEquals(ImageCalibration.NONE, survey(cine(4)).calibration());
  }

  @Test
  void aRadiographIsInMillimetresOfItsDetector() {
    SeriesSurvey survey = survey(radiograph());
    assertEquals(GridSpace.IMAGE_MILLIMETRES, survey.source().geometry().space());
    assertEquals(new Spacing(0.2, 0.15, 1), survey.source().geometry().spacing());
    assertEquals(ImageCalibration.DETECTOR, survey.calibration());
  }

  @Test
  void oneScaleOfAllUltrasoundRegionsCounts() {
    TestImage image = cine(2);
    region(image, 0, 0, 2, 2, 0.04);
    region(image, 3, 0, 4, 2, 0.04);
    SeriesSurvey survey = survey(image);
    assertEquals(ImageCalibration.ULTRASOUND_REGION, survey.calibration());
    assertEquals(new Spacing(0.4, 0.4, 1), survey.source().geometry().spacing());
  }

  @Test
  void aScaleThatDoesNotHoldForTheWholeImageIsNone() {
    TestImage different = cine(2);
    region(different, 0, 0, 2, 2, 0.04);
    region(different, 3, 0, 4, 2, 0.05);
    assertEquals(ImageCalibration.NONE, survey(different).calibration());
    // The image was scaled down, and its regions were left as they had been.
    TestImage outside = cine(2);
    region(outside, 0, 0, 84, 2, 0.04);
    assertEquals(ImageCalibration.NONE, survey(outside).calibration());
    TestImage trace = cine(2);
    region(trace, 0, 0, 2, 2, 0.04);
    trace
        .attributes
        .getNestedDataset(Tag.SequenceOfUltrasoundRegions)
        .setInt(Tag.PhysicalUnitsXDirection, VR.US, 4);
    assertEquals(ImageCalibration.NONE, survey(trace).calibration());
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void whatIsDrawnOnALoopRefersToItsFramesAndComesBack(SegmentationEncoding encoding)
      throws Exception {
    SourceSeries source = survey(cine(4)).source();
    LabelMap labels = drawn(source, 2, 0, 3);
    byte[] file = write(source, labels, encoding);
    Attributes header = TestObjects.dataset(file);
    assertFalse(header.contains(Tag.FrameOfReferenceUID));
    Attributes shared = header.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    assertFalse(shared.contains(Tag.PlaneOrientationSequence));
    assertFalse(shared.contains(Tag.PixelMeasuresSequence), "pixels of unknown size");
    for (Attributes frame : header.getSequence(Tag.PerFrameFunctionalGroupsSequence)) {
      assertFalse(frame.contains(Tag.PlanePositionSequence));
      Attributes image =
          frame
              .getNestedDataset(Tag.DerivationImageSequence)
              .getNestedDataset(Tag.SourceImageSequence);
      assertEquals("2.25.100.1", image.getString(Tag.ReferencedSOPInstanceUID));
      assertEquals("YES", image.getString(Tag.SpatialLocationsPreserved));
      assertEquals(
          frame.getNestedDataset(Tag.FrameContentSequence).getInt(Tag.TemporalPositionIndex, 0),
          image.getInt(Tag.ReferencedFrameNumber, -1));
    }
    Segmentation read = read(file);
    assertTrue(read.toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(labels));
    requireSound(file);
  }

  @Test
  void whatIsDrawnOnARadiographHasItsPixelSpacing() throws Exception {
    SourceSeries source = survey(radiograph()).source();
    LabelMap labels = drawn(source, 0);
    byte[] file = write(source, labels, SegmentationEncoding.BINARY);
    Attributes shared =
        TestObjects.dataset(file).getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    assertEquals(
        0.15, shared.getNestedDataset(Tag.PixelMeasuresSequence).getDoubles(Tag.PixelSpacing)[0]);
    assertTrue(read(file).toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(labels));
    requireSound(file);
  }

  @Test
  void overlappingSegmentsOfAnImageComeBack() throws Exception {
    SourceSeries source = survey(cine(2)).source();
    var mask = new BitSet();
    mask.set(16, 20);
    Mask both = new Mask(source.geometry(), mask);
    var out = new ByteArrayOutputStream();
    SegmentationWriter.write(source, Map.of(2, both, 7, both), TestSegments.content(), out);
    Segmentation read = read(out.toByteArray());
    assertEquals(4, read.mask(1, source.geometry()).voxels());
    assertTrue(read.mask(2, source.geometry()).isMarked(19));
    assertTrue(read.overlaps(source.geometry()));
  }

  @Test
  void whatLiesOnAnImageAloneIsPutOnNoOther() throws Exception {
    SourceSeries source = survey(cine(4)).source();
    Segmentation read = read(write(source, drawn(source, 3), SegmentationEncoding.BINARY));
    GridGeometry patient = TestCt.oblique(COLUMNS, ROWS, 4);
    assertRefused(ReasonCode.NO_PATIENT_GEOMETRY, read, patient);
    assertRefused(
        ReasonCode.OFF_GRID,
        read,
        GridGeometry.ofUncalibratedImage(
            source.geometry().frameOfReference(), new GridSize(COLUMNS, ROWS, 3)));
    assertRefused(
        ReasonCode.OFF_GRID,
        read,
        GridGeometry.ofUncalibratedImage(
            source.geometry().frameOfReference(), new GridSize(ROWS, COLUMNS, 4)));
  }

  @Test
  void whatLiesInPatientSpaceIsNotPutOnAnImage() {
    SourceSeries ct = SegmentationRoundTripTest.source(TestCt.oblique(COLUMNS, ROWS, 4));
    LabelMap labels = drawn(ct, 1);
    Segmentation read = read(write(ct, labels, SegmentationEncoding.BINARY));
    assertRefused(ReasonCode.OFF_GRID, read, survey(cine(4)).source().geometry());
  }

  @Test
  void contoursOfAnImageAreRefused() {
    SourceSeries source = survey(radiograph()).source();
    var out = new ByteArrayOutputStream();
    var refused =
        assertThrows(
            StudyRefused.class,
            () -> StructureSetWriter.write(source, drawn(source, 0), TestSegments.content(), out));
    assertEquals(ReasonCode.NO_PATIENT_GEOMETRY, refused.code());
  }

  private static void assertRefused(ReasonCode code, Segmentation read, GridGeometry grid) {
    var refused = assertThrows(StudyRefused.class, () -> read.toLabelMap(grid));
    assertEquals(code, refused.code());
  }

  private void requireSound(byte[] file) throws Exception {
    assertEquals(List.of(), ObjectChecker.check(() -> new ByteArrayInputStream(file)));
    Path seg = Files.write(folder.resolve("seg.dcm"), file);
    // dicom3tools does not know the Label Map Segmentation.
    if (TestObjects.dataset(file).getString(Tag.SOPClassUID).equals(SopClasses.SEGMENTATION)) {
      assertEquals(List.of(), DebianTool.require("dciodvfy").run(seg).linesStartingWith("Error"));
    }
  }

  /** Two segments on some slices. */
  private static LabelMap drawn(SourceSeries source, int... slices) {
    GridSize size = source.geometry().size();
    short[] labels = new short[size.voxels()];
    for (int slice : slices) {
      labels[size.index(1, 1, slice)] = 2;
      labels[size.index(slice % 2, 2, slice)] = 300;
    }
    return new LabelMap(source.geometry(), labels);
  }

  private static byte[] write(SourceSeries source, LabelMap labels, SegmentationEncoding encoding) {
    var out = new ByteArrayOutputStream();
    SegmentationWriter.write(source, labels, TestSegments.content(), encoding, out);
    return out.toByteArray();
  }

  private static Segmentation read(byte[] file) {
    return SegmentationReader.read(() -> new ByteArrayInputStream(file));
  }

  static SeriesSurvey survey(TestImage image) {
    return SeriesSurvey.of(List.of(image.source()));
  }

  static TestImage cine(int frames) {
    int bytes = 3 * COLUMNS * ROWS * frames;
    return TestImage.flat(LOOP, 1, ROWS, COLUMNS, new short[0])
        .with(Tag.Modality, VR.CS, "US")
        .with(Tag.PhotometricInterpretation, VR.CS, "RGB")
        .but(image -> image.setInt(Tag.SamplesPerPixel, VR.US, 3))
        .but(image -> image.setInt(Tag.PlanarConfiguration, VR.US, 0))
        .but(image -> image.setInt(Tag.NumberOfFrames, VR.IS, frames))
        .bits(8, 8, 7, 0)
        .bytes(VR.OB, new int[bytes]);
  }

  static TestImage radiograph() {
    return TestImage.flat(TestImage.CR, 1, ROWS, COLUMNS, new short[COLUMNS * ROWS])
        .with(Tag.Modality, VR.CS, "CR")
        .but(image -> image.setDouble(Tag.ImagerPixelSpacing, VR.DS, 0.15, 0.2));
  }

  static void region(
      TestImage image, int left, int top, int right, int bottom, double centimetres) {
    var region = new Attributes();
    region.setInt(Tag.RegionSpatialFormat, VR.US, 1);
    region.setInt(Tag.RegionLocationMinX0, VR.UL, left);
    region.setInt(Tag.RegionLocationMinY0, VR.UL, top);
    region.setInt(Tag.RegionLocationMaxX1, VR.UL, right);
    region.setInt(Tag.RegionLocationMaxY1, VR.UL, bottom);
    region.setInt(Tag.PhysicalUnitsXDirection, VR.US, 3);
    region.setInt(Tag.PhysicalUnitsYDirection, VR.US, 3);
    region.setDouble(Tag.PhysicalDeltaX, VR.FD, centimetres);
    region.setDouble(Tag.PhysicalDeltaY, VR.FD, centimetres);
    if (!image.attributes.contains(Tag.SequenceOfUltrasoundRegions)) {
      image.attributes.newSequence(Tag.SequenceOfUltrasoundRegions, 2);
    }
    image.attributes.getSequence(Tag.SequenceOfUltrasoundRegions).add(region);
  }
}
