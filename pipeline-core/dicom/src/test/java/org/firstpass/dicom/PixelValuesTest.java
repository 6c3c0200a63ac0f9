package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.volume.Volume;
import org.junit.jupiter.api.Test;

/** Stored values out of bytes that were written down by hand from PS3.5. */
class PixelValuesTest {
  private static final String RUN_LENGTH = "1.2.840.10008.1.2.5";

  @Test
  void bitsAroundTheStoredOnesAreMaskedAndTheSignIsExtended() {
    // 12 of 16 bits, an overlay in the four bits above.
    TestImage unsigned = flat(1, 3).bits(16, 12, 11, 0).shorts(s(0xf001), s(0x0fff), s(0x8000));
    assertArrayEquals(new float[] {1, 4095, 0}, values(unsigned));
    TestImage signed = flat(1, 3).bits(16, 12, 11, 1).shorts(s(0xf001), s(0x0fff), s(0x0800));
    assertArrayEquals(new float[] {1, -1, -2048}, values(signed));
  }

  @Test
  void aHighBitAboveTheStoredOnesShifts() {
    TestImage image = flat(1, 2).bits(16, 12, 15, 1).shorts(s(0x001f), s(0xfff0));
    assertArrayEquals(new float[] {1, -1}, values(image));
  }

  @Test
  void sixteenBitsKeepTheirUpperHalf() {
    TestImage unsigned = flat(1, 2).bits(16, 16, 15, 0).shorts(s(0xffff), s(0x8000));
    assertArrayEquals(new float[] {65535, 32768}, values(unsigned));
    TestImage signed = flat(1, 2).bits(16, 16, 15, 1).shorts(s(0xffff), s(0x8000));
    assertArrayEquals(new float[] {-1, -32768}, values(signed));
  }

  @Test
  void eightBitsAreReadWithTheirPadding() {
    TestImage unsigned = flat(1, 3).bits(8, 8, 7, 0).bytes(VR.OB, 1, 255, 128);
    assertArrayEquals(new float[] {1, 255, 128}, values(unsigned));
    TestImage signed = flat(1, 3).bits(8, 8, 7, 1).bytes(VR.OB, 1, 255, 128);
    assertArrayEquals(new float[] {1, -1, -128}, values(signed));
  }

  @Test
  void thirtyTwoBitsBecomeFloats() {
    TestImage image = flat(1, 2).bits(32, 32, 31, 0);
    image.bytes(VR.OW, 1, 0, 1, 0, 255, 255, 255, 255);
    assertArrayEquals(new float[] {65537, 4294967295f}, values(image));
    image.bits(32, 32, 31, 1);
    assertArrayEquals(new float[] {65537, -1}, values(image));
  }

  @Test
  void singleBitsRunOnFromFrameToFrame() {
    TestImage image = flat(1, 3).bits(1, 1, 0, 0).bytes(VR.OB, 0b01_101_110, 0b1);
    image.attributes.setInt(Tag.NumberOfFrames, VR.IS, 3);
    assertArrayEquals(new float[] {0, 1, 1, 1, 0, 1, 1, 0, 1}, values(image));
  }

  @Test
  void singleBitsThatEndEarlyAreNotWhite() {
    TestImage image = flat(1, 40).bits(1, 1, 0, 0).bytes(VR.OB, 1, 2, 3, 4, 5, 6);
    byte[] file = image.file();
    byte[] cut = Arrays.copyOf(file, file.length - 3);
    SeriesSurvey survey = SeriesSurvey.of(List.of(() -> new ByteArrayInputStream(cut)));
    assertEquals(
        ReasonCode.DAMAGED_PIXEL_DATA, assertThrows(StudyRefused.class, survey::read).code());
  }

  @Test
  void bigEndianWordsAreTurnedRoundAndBytesInWordsToo() {
    TestImage shorts = flat(1, 2).bits(16, 16, 15, 1);
    assertArrayEquals(new float[] {258, -2}, bigEndian(shorts, "OW", 1, 2, 255, 254));
    TestImage bytesInWords = flat(1, 3).bits(8, 8, 7, 0);
    assertArrayEquals(new float[] {1, 2, 3}, bigEndian(bytesInWords, "OW", 2, 1, 0, 3));
    TestImage bytes = flat(1, 3).bits(8, 8, 7, 0);
    assertArrayEquals(new float[] {1, 2, 3}, bigEndian(bytes, "OB", 1, 2, 3, 0));
    TestImage longs = flat(1, 1).bits(32, 32, 31, 0);
    assertArrayEquals(new float[] {16909060}, bigEndian(longs, "OW", 1, 2, 3, 4));
  }

  @Test
  void missingRescaleIsIdentityExceptInCt() {
    assertArrayEquals(new float[] {7}, values(flat(1, 1).shorts((short) 7)));
    TestImage ct = TestImage.axial(1, 0);
    ct.attributes.remove(Tag.RescaleSlope);
    ct.attributes.remove(Tag.RescaleIntercept);
    assertEquals(
        ReasonCode.MALFORMED_INSTANCE,
        SeriesSurvey.of(List.of(ct.source())).refusal().orElseThrow().code());
  }

  @Test
  void eachSliceHasItsOwnRescale() {
    TestImage low = TestImage.axial(1, 0).shorts(shorts(10)).rescale("0.5", "1");
    TestImage high = TestImage.axial(2, 2).shorts(shorts(10)).rescale("2.5", "-1");
    Volume volume = SeriesSurvey.of(List.of(high.source(), low.source())).read().volume();
    assertEquals(6, volume.valueAt(0, 0, 0));
    assertEquals(24, volume.valueAt(0, 0, 1));
  }

  @Test
  void slicesOfDifferentSignAreReadEachInItsOwn() {
    TestImage signed = TestImage.axial(1, 0).shorts(shorts(0xffff));
    TestImage unsigned = TestImage.axial(2, 2).bits(16, 16, 15, 0).shorts(shorts(0xffff));
    Volume volume = SeriesSurvey.of(List.of(signed.source(), unsigned.source())).read().volume();
    assertEquals(-1, volume.valueAt(0, 0, 0));
    assertEquals(65535, volume.valueAt(0, 0, 1));
  }

  @Test
  void paddingValuesStayAsTheyAreStored() {
    TestImage image = TestImage.axial(1, 0).shorts(shorts(-2000)).rescale("1", "-1024");
    image.attributes.setInt(Tag.PixelPaddingValue, VR.SS, -2000);
    TestImage next = TestImage.axial(2, 2).rescale("1", "-1024");
    Volume volume = SeriesSurvey.of(List.of(image.source(), next.source())).read().volume();
    assertEquals(-3024, volume.valueAt(0, 0, 0));
  }

  @Test
  void invertedRadiographsAreTurnedOverAndCtIsNot() {
    TestImage unsigned = flat(1, 2).bits(16, 10, 9, 0).shorts((short) 0, (short) 1000);
    unsigned.with(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    assertArrayEquals(new float[] {1023, 23}, values(unsigned));
    TestImage signed = flat(1, 2).bits(16, 16, 15, 1).shorts((short) -32768, (short) 5);
    signed.with(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    assertArrayEquals(new float[] {32767, -6}, values(signed));
    List<InstanceSource> ct = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      TestImage slice = TestImage.axial(i, 2 * i).shorts(shorts(40));
      ct.add(slice.with(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1").source());
    }
    assertEquals(40, SeriesSurvey.of(ct).read().volume().valueAt(0));
  }

  @Test
  void colourPlanesAndSubsampledColourGiveTheirLuminance() {
    TestImage planar = colour("RGB", 255, 0, 0, 255, 0, 255);
    planar.attributes.setInt(Tag.PlanarConfiguration, VR.US, 1);
    assertArrayEquals(new float[] {76, 179}, luminance(planar));
    assertArrayEquals(new float[] {9, 8}, luminance(colour("YBR_FULL", 9, 128, 128, 8, 128, 128)));
    assertArrayEquals(new float[] {9, 8}, luminance(colour("YBR_FULL_422", 9, 8, 128, 128)));
  }

  @Test
  void runLengthFramesOfEveryDepthAreRead() {
    TestImage bytes = flat(1, 5).bits(8, 8, 7, 0);
    bytes.fragments(RUN_LENGTH, runLength(new int[] {7, 7, 7, 1, 255}));
    assertArrayEquals(new float[] {7, 7, 7, 1, 255}, values(bytes));
    TestImage shorts = flat(1, 3).bits(16, 16, 15, 1);
    shorts.fragments(RUN_LENGTH, runLength(new int[] {1, 1, 0xff}, new int[] {2, 2, 0xfe}));
    assertArrayEquals(new float[] {258, 258, -2}, values(shorts));
    TestImage longs = flat(1, 2).bits(32, 32, 31, 0);
    longs.fragments(
        RUN_LENGTH,
        runLength(new int[] {0, 0}, new int[] {1, 0}, new int[] {0, 0}, new int[] {1, 9}));
    assertArrayEquals(new float[] {65537, 9}, values(longs));
    TestImage rgb = colour("RGB");
    rgb.fragments(RUN_LENGTH, runLength(new int[] {255, 0}, new int[] {0, 0}, new int[] {0, 255}));
    assertArrayEquals(new float[] {76, 29}, luminance(rgb));
  }

  @Test
  void damagedRunLengthsAreRefused() {
    byte[] good = runLength(new int[] {7, 7, 7, 1, 255});
    for (int length : new int[] {0, 10, 64, 65, 67, 68}) {
      assertDamaged(Arrays.copyOf(good, length));
    }
    byte[] segments = good.clone();
    segments[0] = 2;
    assertDamaged(segments);
    byte[] offset = good.clone();
    offset[4] = (byte) 200;
    assertDamaged(offset);
    byte[] runTooLong = good.clone();
    runTooLong[64] = (byte) -100;
    assertDamaged(runTooLong);
  }

  private static void assertDamaged(byte[] frame) {
    TestImage image = flat(1, 5).bits(8, 8, 7, 0).fragments(RUN_LENGTH, frame);
    SeriesSurvey survey = SeriesSurvey.of(List.of(image.source()));
    assertEquals(
        ReasonCode.DAMAGED_PIXEL_DATA, assertThrows(StudyRefused.class, survey::read).code());
  }

  @Test
  void framesAreFoundByFragmentsOrByTheOffsetTable() {
    byte[] first = runLength(new int[] {1, 2});
    byte[] second = runLength(new int[] {3, 4});
    TestImage image = flat(1, 2).bits(8, 8, 7, 0).fragments(RUN_LENGTH, first, second);
    image.attributes.setInt(Tag.NumberOfFrames, VR.IS, 2);
    assertArrayEquals(new float[] {1, 2, 3, 4}, values(image));
    byte[] head = Arrays.copyOf(first, 40);
    byte[] tail = Arrays.copyOfRange(first, 40, first.length);
    var fragments = image.attributes.newFragments(Tag.PixelData, VR.OB, 4);
    int secondAt = head.length + tail.length + 16;
    fragments.add(new byte[] {0, 0, 0, 0, (byte) secondAt, 0, 0, 0});
    fragments.add(head);
    fragments.add(tail);
    fragments.add(second);
    assertArrayEquals(new float[] {1, 2, 3, 4}, values(image));
    fragments.set(0, new byte[0]);
    SeriesSurvey survey = SeriesSurvey.of(List.of(image.source()));
    assertEquals(
        ReasonCode.DAMAGED_PIXEL_DATA, assertThrows(StudyRefused.class, survey::read).code());
  }

  @Test
  void pixelDataThatContradictTheirTransferSyntaxAreDamaged() {
    TestImage native1 = flat(1, 1).shorts((short) 1).syntax(RUN_LENGTH);
    SeriesSurvey survey = SeriesSurvey.of(List.of(native1.source()));
    assertEquals(
        ReasonCode.DAMAGED_PIXEL_DATA, assertThrows(StudyRefused.class, survey::read).code());
  }

  /** Literal runs only, but for a repeated first value; every segment of even length. */
  private static byte[] runLength(int[]... segments) {
    var body = new ByteArrayOutputStream();
    byte[] header = new byte[64];
    header[0] = (byte) segments.length;
    for (int i = 0; i < segments.length; i++) {
      header[4 * (i + 1)] = (byte) (64 + body.size());
      int[] segment = segments[i];
      int repeated = 1;
      while (repeated < segment.length && segment[repeated] == segment[0]) {
        repeated++;
      }
      body.write(1 - repeated);
      body.write(segment[0]);
      if (repeated < segment.length) {
        body.write(segment.length - repeated - 1);
        for (int at = repeated; at < segment.length; at++) {
          body.write(segment[at]);
        }
      }
      if (body.size() % 2 == 1) {
        body.write(-128);
      }
    }
    byte[] bytes = Arrays.copyOf(header, 64 + body.size());
    System.arraycopy(body.toByteArray(), 0, bytes, 64, body.size());
    return bytes;
  }

  private static TestImage flat(int rows, int columns) {
    return TestImage.flat(TestImage.CR, 1, rows, columns);
  }

  private static TestImage colour(String photometric, int... bytes) {
    TestImage image = flat(1, 2).bits(8, 8, 7, 0).bytes(VR.OB, bytes);
    image.attributes.setInt(Tag.SamplesPerPixel, VR.US, 3);
    return image.with(Tag.PhotometricInterpretation, VR.CS, photometric);
  }

  private static short s(int bits) {
    return (short) bits;
  }

  private static short[] shorts(int value) {
    short[] values = new short[6];
    Arrays.fill(values, (short) value);
    return values;
  }

  private static float[] values(TestImage image) {
    return array(SeriesSurvey.of(List.of(image.source())).read().volume());
  }

  private static float[] luminance(TestImage image) {
    return array(SeriesSurvey.of(List.of(image.source())).readLuminance().volume());
  }

  /** The little-endian header is turned by the toolkit; the pixel bytes are appended as given. */
  private static float[] bigEndian(TestImage image, String vr, int... pixelBytes) {
    byte[] file = image.bigEndianFile(vr, pixelBytes);
    List<InstanceSource> sources = List.of(() -> new ByteArrayInputStream(file));
    return array(SeriesSurvey.of(sources).read().volume());
  }

  private static float[] array(Volume volume) {
    float[] values = new float[volume.geometry().size().voxels()];
    volume.copyTo(0, values, 0, values.length);
    return values;
  }
}
