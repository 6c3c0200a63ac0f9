package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a segmentation is said with a code, and costs no memory. */
class SegmentationRefusalTest {
  /** A reader may take a buffer, a first allocation for pixels, and small change. */
  private static final long MOST_BYTES = 48L << 20;

  private static final int ITEM_HEADER = 8;

  private final SourceSeries source = SegmentationEncodingTest.source(new GridSize(23, 38, 5));

  @Test
  void refusesAnAttributeThatIsNotWhatItMustBe() throws Exception {
    assertRefused(ReasonCode.UNSUPPORTED_PIXEL_FORMAT, set(Tag.SegmentationType, VR.CS, "SURFACE"));
    assertRefused(ReasonCode.UNSUPPORTED_PIXEL_FORMAT, set(Tag.BitsAllocated, VR.US, "8"));
    assertRefused(ReasonCode.UNSUPPORTED_PIXEL_FORMAT, set(Tag.SamplesPerPixel, VR.US, "3"));
    assertRefused(ReasonCode.MALFORMED_INSTANCE, set(Tag.NumberOfFrames, VR.IS, "4000"));
    assertRefused(ReasonCode.MALFORMED_INSTANCE, set(Tag.NumberOfFrames, VR.IS, "1"));
    assertRefused(ReasonCode.MALFORMED_INSTANCE, set(Tag.Rows, VR.US, "0"));
    assertRefused(ReasonCode.MALFORMED_INSTANCE, set(Tag.StudyInstanceUID, VR.UI, "none"));
    assertRefused(
        ReasonCode.MALFORMED_INSTANCE,
        object -> object.remove(Tag.PerFrameFunctionalGroupsSequence));
    assertRefused(ReasonCode.MALFORMED_INSTANCE, object -> object.remove(Tag.SegmentSequence));
    assertRefused(ReasonCode.NO_PIXEL_DATA, object -> object.remove(Tag.PixelData));
    assertRefused(
        ReasonCode.NO_PATIENT_GEOMETRY,
        object ->
            object
                .getNestedDataset(Tag.SharedFunctionalGroupsSequence)
                .remove(Tag.PixelMeasuresSequence));
  }

  @Test
  void refusesSegmentsThatAreNotWhatTheyMustBe() throws Exception {
    assertRefused(
        ReasonCode.MALFORMED_INSTANCE,
        object -> firstSegment(object).setInt(Tag.SegmentNumber, VR.US, 2));
    assertRefused(
        ReasonCode.MALFORMED_INSTANCE,
        object -> firstSegment(object).setInt(Tag.SegmentNumber, VR.US, 9));
    assertRefused(
        ReasonCode.MALFORMED_INSTANCE,
        object -> firstSegment(object).remove(Tag.SegmentedPropertyCategoryCodeSequence));
    assertRefused(
        ReasonCode.MALFORMED_INSTANCE,
        object -> firstSegment(object).remove(Tag.SegmentedPropertyTypeCodeSequence));
    // A number that is wider than its attribute must not end in an array.
    assertRefused(
        ReasonCode.MALFORMED_INSTANCE,
        object ->
            object
                .getNestedDataset(Tag.PerFrameFunctionalGroupsSequence)
                .getNestedDataset(Tag.SegmentIdentificationSequence)
                .setInt(Tag.ReferencedSegmentNumber, VR.UL, 70_000));
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void refusesAFileThatWasCutOff(SegmentationEncoding encoding) {
    byte[] file = file(encoding);
    for (int length = 140; length < file.length - ITEM_HEADER; length += 61) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(StudyRefused.class, () -> read(cut), "cut to " + length);
    }
  }

  @ParameterizedTest
  @EnumSource(SegmentationEncoding.class)
  void neverAnswersFlippedBytesWithAnythingButACodeOrAnObject(SegmentationEncoding encoding) {
    byte[] file = file(encoding);
    var random = new Random(20);
    int refused = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] broken = file.clone();
      for (int i = 0; i <= round % 3; i++) {
        broken[132 + random.nextInt(broken.length - 132)] = (byte) random.nextInt(256);
      }
      try {
        Segmentation read = read(broken);
        read.voxelsPerSegment();
        read.toLabelMap(source.geometry(), TestSegments.SCHEMA);
        read.overlaps(source.geometry());
      } catch (StudyRefused e) {
        refused++;
      }
    }
    assertTrue(refused > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7fff_fffe, -2})
  void doesNotAllocateWhatOnlyTheHeaderClaims(int length) throws Exception {
    Attributes object = SegmentationEncodingTest.attributes(file(SegmentationEncoding.LABELMAP));
    object.setInt(Tag.Rows, VR.US, 65_535);
    object.setInt(Tag.Columns, VR.US, 16_000);
    object.remove(Tag.PixelData);
    byte[] header = written(object, UID.ExplicitVRLittleEndian);
    byte[] claim =
        ByteBuffer.allocate(header.length + 12 + 100)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(header)
            .putInt(0x0010_7fe0)
            .put(new byte[] {'O', 'W', 0, 0})
            .putInt(length)
            .array();
    assertFrugallyRefused(claim);
  }

  @Test
  void doesNotExpandRunLengthFramesThatCannotBeAsLargeAsTheHeaderClaims() throws Exception {
    Attributes object =
        SegmentationEncodingTest.attributes(file(SegmentationEncoding.LABELMAP_RLE));
    object.setInt(Tag.Rows, VR.US, 65_535);
    object.setInt(Tag.Columns, VR.US, 16_000);
    assertFrugallyRefused(written(object, UID.RLELossless));
  }

  private void assertFrugallyRefused(byte[] file) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertThrows(StudyRefused.class, () -> read(file));
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThrows(StudyRefused.class, () -> read(file));
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_BYTES, allocated + " bytes allocated");
  }

  private void assertRefused(ReasonCode code, Consumer<Attributes> change) throws Exception {
    Attributes object = SegmentationEncodingTest.attributes(file(SegmentationEncoding.BINARY));
    change.accept(object);
    byte[] file = written(object, UID.ExplicitVRLittleEndian);
    assertEquals(code, assertThrows(StudyRefused.class, () -> read(file)).code());
  }

  private static Consumer<Attributes> set(int tag, VR vr, String value) {
    return object -> {
      if (vr == VR.US) {
        object.setInt(tag, vr, Integer.parseInt(value));
      } else {
        object.setString(tag, vr, value);
      }
    };
  }

  private static Attributes firstSegment(Attributes object) {
    return object.getNestedDataset(Tag.SegmentSequence);
  }

  private byte[] file(SegmentationEncoding encoding) {
    return SegmentationEncodingTest.write(
        source, TestSegments.blobs(source.geometry(), 5), TestSegments.content(), encoding);
  }

  private static byte[] written(Attributes object, String syntax) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var stream = new DicomOutputStream(out, UID.ExplicitVRLittleEndian)) {
      stream.writeDataset(object.createFileMetaInformation(syntax), object);
    }
    return out.toByteArray();
  }

  private static Segmentation read(byte[] file) {
    return SegmentationReader.read(() -> new ByteArrayInputStream(file));
  }
}
