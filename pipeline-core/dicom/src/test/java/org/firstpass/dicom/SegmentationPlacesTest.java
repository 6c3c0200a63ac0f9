package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that do not say where they lie, but on which image they were drawn. */
class SegmentationPlacesTest {
  private static final GridGeometry GRID = TestCt.oblique(23, 38, 5);

  private final SourceSeries source = SegmentationRoundTripTest.source(GRID);
  private final LabelMap labels = TestSegments.blobs(source.geometry(), 4);

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void lieWhereTheImageLies(SegmentationEncoding encoding) {
    byte[] file = withoutPlanes(encoding, frame -> {});
    Segmentation read = read(file, images(GRID));
    assertTrue(read.toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(labels));
  }

  @Test
  void lieNowhereWithoutTheImage() {
    byte[] file = withoutPlanes(SegmentationEncoding.LABELMAP, frame -> {});
    assertRefused(file, ReferencedImages.NONE);
  }

  @Test
  void lieNowhereIfTheImageHasAnotherSize() {
    byte[] file = withoutPlanes(SegmentationEncoding.LABELMAP, frame -> {});
    assertRefused(file, images(TestCt.oblique(23, 37, 5)));
  }

  @Test
  void lieNowhereIfTheyNameAFrameOrSeveralImages() {
    byte[] ofFrame =
        withoutPlanes(
            SegmentationEncoding.LABELMAP,
            derivation ->
                derivation
                    .getNestedDataset(Tag.SourceImageSequence)
                    .setInt(Tag.ReferencedFrameNumber, VR.IS, 1));
    assertRefused(ofFrame, images(GRID));
    byte[] ofTwo =
        withoutPlanes(
            SegmentationEncoding.LABELMAP,
            derivation ->
                derivation
                    .getSequence(Tag.SourceImageSequence)
                    .add(new Attributes(derivation.getNestedDataset(Tag.SourceImageSequence))));
    assertRefused(ofTwo, images(GRID));
  }

  private byte[] withoutPlanes(SegmentationEncoding encoding, Consumer<Attributes> change) {
    Attributes object =
        TestObjects.dataset(
            SegmentationEncodingTest.write(source, labels, TestSegments.content(), encoding));
    Attributes shared = object.getNestedDataset(Tag.SharedFunctionalGroupsSequence);
    shared.remove(Tag.PlaneOrientationSequence);
    shared.remove(Tag.PixelMeasuresSequence);
    for (Attributes frame : object.getSequence(Tag.PerFrameFunctionalGroupsSequence)) {
      frame.remove(Tag.PlanePositionSequence);
      change.accept(frame.getNestedDataset(Tag.DerivationImageSequence));
    }
    return TestObjects.file(object);
  }

  private static ReferencedImages images(GridGeometry grid) {
    Map<SopInstanceUid, InstanceSource> images = new HashMap<>();
    for (byte[] file : CtSeriesWriter.write(TestCt.DESCRIPTION, TestCt.counting(grid))) {
      InstanceSource image = () -> new ByteArrayInputStream(file);
      images.put(InstanceHeader.read(image).instance(), image);
    }
    return series -> series.equals(TestCt.DESCRIPTION.reference().series()) ? images : Map.of();
  }

  private static Segmentation read(byte[] file, ReferencedImages images) {
    return SegmentationReader.read(() -> new ByteArrayInputStream(file), images);
  }

  private void assertRefused(byte[] file, ReferencedImages images) {
    GridGeometry grid = source.geometry();
    assertEquals(
        ReasonCode.NO_PATIENT_GEOMETRY,
        assertThrows(StudyRefused.class, () -> read(file, images).toLabelMap(grid)).code());
  }
}
