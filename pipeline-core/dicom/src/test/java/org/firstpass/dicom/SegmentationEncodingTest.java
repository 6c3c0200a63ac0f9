package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.segment.LabelSchema;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is particular to each encoding. */
class SegmentationEncodingTest {
  @Test
  void aLabelMapKeepsTheNumbersOfTheSchemaInItsPixels() throws Exception {
    SourceSeries source = source(new GridSize(5, 3, 4));
    short[] values = new short[60];
    values[17] = 300;
    values[18] = 2;
    var labels = new LabelMap(source.geometry(), values);
    byte[] file = write(source, labels, TestSegments.content(), SegmentationEncoding.LABELMAP);
    Attributes header = attributes(file);
    assertEquals(SopClasses.LABEL_MAP_SEGMENTATION, header.getString(Tag.SOPClassUID));
    assertEquals(16, header.getInt(Tag.BitsAllocated, 0));
    assertEquals("NO", header.getString(Tag.SegmentsOverlap));
    assertEquals(0, header.getInt(Tag.PixelPaddingValue, -1));
    assertEquals(
        List.of(0, 2, 7, 300),
        header.getSequence(Tag.SegmentSequence).stream()
            .map(item -> item.getInt(Tag.SegmentNumber, -1))
            .toList());
    assertEquals(
        "125040",
        header
            .getSequence(Tag.SegmentSequence)
            .get(0)
            .getNestedDataset(Tag.SegmentedPropertyTypeCodeSequence)
            .getString(Tag.CodeValue));
    byte[] pixels = header.getBytes(Tag.PixelData);
    assertEquals(30, pixels.length);
    assertArrayEquals(new byte[] {44, 1, 2, 0}, Arrays.copyOfRange(pixels, 2 * 2, 2 * 4));
    Segmentation read = read(file);
    assertTrue(read.toLabelMap(source.geometry()).contentEquals(labels));
    assertEquals(Map.of(2, 1L, 7, 0L, 300, 1L), read.voxelsPerSegment());
    assertEquals(1, read.mask(300, source.geometry()).voxels());
  }

  @Test
  void aLabelMapOfSmallNumbersTakesOneBytePerPixel() throws Exception {
    SourceSeries source = source(new GridSize(5, 3, 1));
    short[] values = new short[15];
    values[14] = 255;
    var schema =
        new LabelSchema("small", 1, List.of(TestSegments.segment(255), TestSegments.segment(1)));
    byte[] file =
        write(
            source,
            new LabelMap(source.geometry(), values),
            TestSegments.content(schema),
            SegmentationEncoding.LABELMAP);
    // 15 pixels and one byte of padding.
    assertEquals(16, attributes(file).getBytes(Tag.PixelData).length);
    assertEquals(255, read(file).toLabelMap(source.geometry()).labelAt(14));
  }

  @Test
  void aLabelMapOfOverlappingSegmentsIsRefused() {
    SourceSeries source = source(new GridSize(23, 38, 5));
    GridGeometry grid = source.geometry();
    Map<Integer, Mask> masks = new HashMap<>();
    for (int number : new int[] {2, 7, 300}) {
      masks.put(number, Mask.of(TestSegments.noise(grid, number), 2));
    }
    Segmentation read = read(write(source, masks));
    assertEquals(
        ReasonCode.OVERLAPPING_SEGMENTS,
        assertThrows(StudyRefused.class, () -> read.toLabelMap(grid, TestSegments.SCHEMA)).code());
  }

  @Test
  void masksThatDoNotMeetAreSaidNotToOverlap() throws Exception {
    SourceSeries source = source(new GridSize(5, 3, 4));
    LabelMap labels = TestSegments.noise(source.geometry(), 3);
    byte[] file = write(source, Map.of(2, Mask.of(labels, 2), 300, Mask.of(labels, 300)));
    assertEquals("NO", attributes(file).getString(Tag.SegmentsOverlap));
    Segmentation read = read(file);
    assertEquals(false, read.overlaps(source.geometry()));
    assertEquals(0, read.mask(2, source.geometry()).voxels());
  }

  @Test
  void everyProbabilityComesBack() throws Exception {
    SourceSeries source = source(new GridSize(5, 3, 7));
    GridGeometry grid = source.geometry();
    byte[][] values = new byte[2][grid.size().voxels()];
    new Random(4).nextBytes(values[0]);
    new Random(5).nextBytes(values[1]);
    byte[] file = writeFractions(source, Map.of(7, values[0], 300, values[1]));
    Attributes header = attributes(file);
    assertEquals("FRACTIONAL", header.getString(Tag.SegmentationType));
    assertEquals("PROBABILITY", header.getString(Tag.SegmentationFractionalType));
    assertEquals("YES", header.getString(Tag.SegmentsOverlap));
    for (int level = 1; level <= 255; level++) {
      Segmentation read =
          SegmentationReader.read(() -> new ByteArrayInputStream(file), level / 255.0);
      for (int i = 0; i < 2; i++) {
        Mask mask = read.mask(i + 2, grid);
        for (int at = 0; at < grid.size().voxels(); at++) {
          int perSlice = grid.size().voxelsPerSlice();
          assertEquals(
              (values[i][at] & 0xff) >= level,
              mask.isMarked(at % 5, at % perSlice / 5, at / perSlice));
        }
      }
    }
  }

  @Test
  void aFractionalSegmentBeginsAtHalfUnlessTheCallerSaysOtherwise() {
    SourceSeries source = source(new GridSize(4, 1, 1));
    byte[] values = {127, (byte) 128, (byte) 255, 0};
    byte[] file = writeFractions(source, Map.of(2, values));
    assertEquals(2, read(file).mask(1, source.geometry()).voxels());
    assertEquals(
        1,
        SegmentationReader.read(() -> new ByteArrayInputStream(file), 1)
            .mask(1, source.geometry())
            .voxels());
    assertThrows(
        IllegalArgumentException.class,
        () -> SegmentationReader.read(() -> new ByteArrayInputStream(file), 0));
  }

  @ParameterizedTest
  @EnumSource(
      value = SegmentationEncoding.class,
      names = {"BINARY", "LABELMAP"})
  void readsWhatWasDeflatedOrHasImplicitValueRepresentations(SegmentationEncoding encoding)
      throws Exception {
    SourceSeries source = source(new GridSize(23, 38, 3));
    LabelMap labels = TestSegments.blobs(source.geometry(), 8);
    Attributes object = attributes(write(source, labels, TestSegments.content(), encoding));
    for (String syntax : List.of(UID.DeflatedExplicitVRLittleEndian, UID.ImplicitVRLittleEndian)) {
      var out = new ByteArrayOutputStream();
      try (var stream = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
        stream.writeDataset(object.createFileMetaInformation(syntax), object);
      }
      Segmentation read = read(out.toByteArray());
      assertTrue(read.toLabelMap(source.geometry(), TestSegments.SCHEMA).contentEquals(labels));
    }
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void writesTheSameBytesForTheSameInput(SegmentationEncoding encoding) {
    SourceSeries source = source(new GridSize(23, 38, 5));
    LabelMap labels = TestSegments.noise(source.geometry(), 1);
    assertArrayEquals(
        write(source, labels, TestSegments.content(), encoding),
        write(source, labels, TestSegments.content(), encoding));
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void isKnownAsOurOwnOutput(SegmentationEncoding encoding) {
    SourceSeries source = source(new GridSize(5, 3, 4));
    byte[] file =
        write(source, TestSegments.blobs(source.geometry(), 3), TestSegments.content(), encoding);
    var refused =
        assertThrows(
            StudyRefused.class, () -> InstanceHeader.read(() -> new ByteArrayInputStream(file)));
    assertEquals(ReasonCode.OWN_OUTPUT, refused.code());
  }

  static SourceSeries source(GridSize size) {
    return RandomSegmentation.Place.OBLIQUE.source(size, false);
  }

  static byte[] write(
      SourceSeries source,
      LabelMap labels,
      SegmentationContent content,
      SegmentationEncoding encoding) {
    var out = new ByteArrayOutputStream();
    SegmentationWriter.write(source, labels, content, encoding, out);
    return out.toByteArray();
  }

  static byte[] write(SourceSeries source, Map<Integer, Mask> masks) {
    var out = new ByteArrayOutputStream();
    SegmentationWriter.write(source, masks, TestSegments.content(), out);
    return out.toByteArray();
  }

  static byte[] writeFractions(SourceSeries source, Map<Integer, byte[]> values) {
    var probabilities =
        new SegmentProbabilities() {
          @Override
          public GridGeometry geometry() {
            return source.geometry();
          }

          @Override
          public void read(int segmentNumber, int slice, byte[] target) {
            byte[] all = values.getOrDefault(segmentNumber, new byte[0]);
            for (int i = 0; i < target.length; i++) {
              target[i] = all.length == 0 ? 0 : all[slice * target.length + i];
            }
          }
        };
    var out = new ByteArrayOutputStream();
    FractionalWriter.write(source, probabilities, TestSegments.content(), out);
    return out.toByteArray();
  }

  static Attributes attributes(byte[] file) throws Exception {
    try (var in = new DicomInputStream(new ByteArrayInputStream(file))) {
      return in.readDataset(-1, -1);
    }
  }

  private static Segmentation read(byte[] file) {
    return SegmentationReader.read(() -> new ByteArrayInputStream(file));
  }
}
