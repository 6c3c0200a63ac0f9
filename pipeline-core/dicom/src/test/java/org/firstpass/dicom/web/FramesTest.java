package org.firstpass.dicom.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.InstanceSource;
import org.firstpass.dicom.SharedData;
import org.firstpass.dicom.TestImage;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames as stored, decoded, and in a transcoded instance. */
final class FramesTest {
  private static final String JPEG = "1.2.840.10008.1.2.4.50";

  @ParameterizedTest
  @ValueSource(strings = {"j2k", "jpeg_lossless", "jpegls"})
  void everyCodecDecodesToTheSamePixels(String syntax) throws Exception {
    String folder = "P11_transfer_syntaxes_mr/";
    for (Path packed : SharedData.files(folder + "rle")) {
      Path other = SharedData.require(folder + syntax).resolve(packed.getFileName());
      List<byte[]> expected = frames(source(packed), true);
      assertEquals(1, expected.size());
      assertSame(expected, frames(source(other), true), other);
      assertSame(expected, frames(transcoded(source(other)), true), other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RLE", "big_endian", "jpeg_2k_lossless", "jpeg_ls_lossless"})
  void everyFrameOfAnEnhancedImageDecodes(String encoding) {
    Path folder = SharedData.require("P12_small_pydicom");
    List<byte[]> expected = frames(source(folder.resolve("emri_small.dcm")), false);
    assertEquals(10, expected.size());
    InstanceSource other = source(folder.resolve("emri_small_" + encoding + ".dcm"));
    assertSame(expected, frames(other, true), folder);
    assertSame(expected, frames(transcoded(other), false), folder);
  }

  @Test
  void aFrameOfSingleBitsBeginsWithAByteOfItsOwn() {
    // Two frames of 3 x 3: the second begins in the second bit of the second byte.
    InstanceSource image =
        TestImage.flat(TestImage.CT, 1, 3, 3)
            .bits(1, 1, 0, 0)
            .with(Tag.NumberOfFrames, VR.IS, "2")
            .bytes(VR.OB, 0b0000_0101, 0b0000_1011, 0b0000_0010)
            .source();
    List<byte[]> frames = frames(image, false);
    assertArrayEquals(new byte[] {0b101, 1}, frames.get(0));
    assertArrayEquals(new byte[] {0b101, 1}, frames.get(1));
  }

  @Test
  void framesThatAreSmallerThanAByteFollowEachOtherWithoutAGap() {
    // Six frames of 1 x 3: 001, 010, 011, 100, 101, 110, each from its lowest bit on.
    InstanceSource image =
        TestImage.flat(TestImage.CT, 1, 3, 1)
            .bits(1, 1, 0, 0)
            .with(Tag.NumberOfFrames, VR.IS, "6")
            .bytes(VR.OB, 0b1101_0001, 0b0101_1000, 0b0000_0011, 0)
            .source();
    List<byte[]> frames = frames(image, false);
    for (int frame = 0; frame < 6; frame++) {
      assertArrayEquals(new byte[] {(byte) (frame + 1)}, frames.get(frame), "frame " + frame);
    }
  }

  @Test
  void fragmentsAreFramesByTheOffsetTableOrByTheirFirstMarker() {
    byte[] start = {(byte) 0xff, (byte) 0xd8, 1, 2};
    byte[] more = {3, 4, 5, 6};
    byte[] other = {(byte) 0xff, (byte) 0xd8, 7, 8};
    List<byte[]> expected = List.of(new byte[] {(byte) 0xff, (byte) 0xd8, 1, 2, 3, 4, 5, 6}, other);
    TestImage image = compressed(start, more, other).with(Tag.NumberOfFrames, VR.IS, "2");
    assertSame(expected, frames(image.source(), false), Path.of("markers"));
    byte[] table = offsets(0, 24);
    image.but(data -> data.newFragments(Tag.PixelData, VR.OB, 4));
    image.but(
        data -> {
          var fragments = (org.dcm4che3.data.Fragments) data.getValue(Tag.PixelData);
          fragments.addAll(List.of(table, start, more, other));
        });
    assertSame(expected, frames(image.source(), false), Path.of("table"));
    assertEquals(1, frames(compressed(start, more, other).source(), false).size());
  }

  @Test
  void tooFewFragmentsAreDamaged() {
    byte[] start = {(byte) 0xff, (byte) 0xd8, 1, 2};
    InstanceSource image = compressed(start).with(Tag.NumberOfFrames, VR.IS, "2").source();
    StudyRefused refused = assertThrows(StudyRefused.class, () -> frames(image, false));
    assertEquals(ReasonCode.DAMAGED_PIXEL_DATA, refused.code());
  }

  @Test
  void pixelDataThatEndEarlyAreDamaged() {
    InstanceSource image =
        TestImage.flat(TestImage.CT, 1, 2, 2, new short[4])
            .with(Tag.NumberOfFrames, VR.IS, "2")
            .source();
    StudyRefused refused = assertThrows(StudyRefused.class, () -> frames(image, false));
    assertEquals(ReasonCode.DAMAGED_PIXEL_DATA, refused.code());
  }

  private static TestImage compressed(byte[]... fragments) {
    return TestImage.flat(TestImage.CT, 1, 2, 2).bits(8, 8, 7, 0).fragments(JPEG, fragments);
  }

  private static byte[] offsets(int... offsets) {
    ByteBuffer table =
        ByteBuffer.allocate(Integer.BYTES * offsets.length).order(ByteOrder.LITTLE_ENDIAN);
    IntStream.of(offsets).forEach(table::putInt);
    return table.array();
  }

  private static InstanceSource source(Path file) {
    return () -> Files.newInputStream(file);
  }

  private static InstanceSource transcoded(InstanceSource source) {
    var bytes = new ByteArrayOutputStream();
    InstanceTranscoder.write(source, bytes);
    return () -> new ByteArrayInputStream(bytes.toByteArray());
  }

  private static List<byte[]> frames(InstanceSource source, boolean decoded) {
    var numbers = new TreeSet<Integer>();
    for (int number = 1; number <= InstanceFrames.summary(source).count(); number++) {
      numbers.add(number);
    }
    var frames = new ArrayList<byte[]>();
    InstanceFrames.read(source, numbers, decoded, (number, frame) -> frames.add(frame));
    return frames;
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> found, Path where) {
    assertEquals(expected.size(), found.size(), where.toString());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), where + " frame " + (i + 1));
    }
  }
}
