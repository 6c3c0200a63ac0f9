package org.firstpass.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.firstpass.dicom.web.DicomJson;
import org.firstpass.dicom.web.InstanceFrames;
import org.firstpass.dicom.web.JsonDataSet;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.Vector3;
import org.junit.jupiter.api.Test;

/** What fuzzing found, made small: files that want more than there is in them. */
final class HostileFilesTest {
  private static final int FILE_META_LENGTH_AT = 140;
  private static final int LYING_LENGTH = 1 << 30;

  /** Buffers, and not a multiple of what a length says. */
  private static final long FAIR = 8L << 20;

  @Test
  void aLengthThatLiesTakesNoMemory() {
    InstanceSource source = source(lying());
    List<Runnable> readers =
        List.of(
            () -> InstanceHeader.read(source),
            () -> InstanceStream.open(source).close(),
            () -> SegmentationReader.read(source),
            () -> StructureSetReader.read(source));
    for (Runnable reader : readers) {
      assertFair(
          () -> {
            StudyRefused refused = assertThrows(StudyRefused.class, reader::run);
            assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
          });
    }
    assertFair(() -> assertEquals(1, ObjectChecker.check(source).size()));
  }

  @Test
  void aDeflatedFileOfNothingButItemsIsRefused() throws IOException {
    InstanceSource source = source(deflatedItems());
    StudyRefused refused = assertThrows(StudyRefused.class, () -> InstanceStream.open(source));
    assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
  }

  @Test
  void anArrayOfJsonIsClosedAfterAnInstanceThatBreaksOff() throws IOException {
    byte[] file = TestImage.axial(1, 0).file();
    byte[] cut = Arrays.copyOf(file, file.length - 40);
    var out = new ByteArrayOutputStream();
    try (var array = new DicomJson.Array(out)) {
      assertThrows(StudyRefused.class, () -> array.add(source(cut), "http://x"));
    }
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("[{"));
  }

  @Test
  void aNumberThatItsVrCannotHoldIsRefusedHoweverLongItIs() throws IOException {
    assertEquals(1, JsonDataSet.read(json("UV", "18446744073709551615")).size());
    for (String number : List.of("18446744073709551616", "-1", "9".repeat(1_000_000))) {
      StudyRefused refused =
          assertThrows(StudyRefused.class, () -> JsonDataSet.read(json("UV", number)));
      assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
    }
  }

  @Test
  void aDecimalStringWithAnExponentBeyondAllBoundsIsRefused() {
    String text = "[{\"00281053\":{\"vr\":\"DS\",\"Value\":[1e99999999999999999999]}}]";
    var json = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    StudyRefused refused = assertThrows(StudyRefused.class, () -> JsonDataSet.read(json));
    assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
  }

  @Test
  void textThatClaimsToBeNumbersOfAnotherLengthIsRefused() {
    InstanceSource source =
        TestImage.axial(1, 0).but(a -> a.setBytes(Tag.Modality, VR.UL, new byte[2])).source();
    StudyRefused refused = assertThrows(StudyRefused.class, () -> InstanceHeader.read(source));
    assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
  }

  @Test
  void framesThatAreOnlyClaimedTakeNeitherTimeNorMemory() {
    TestImage image = TestImage.flat(TestImage.ULTRASOUND, 1, 3, 2, new short[6]);
    InstanceSource source = image.with(Tag.NumberOfFrames, VR.IS, "793909022").source();
    assertFair(
        () -> {
          StudyRefused refused = SeriesSurvey.of(List.of(source)).refusal().orElseThrow();
          assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
        });
  }

  @Test
  void aFrameOfMoreSingleBitsThanAnArrayHoldsIsRefused() {
    InstanceSource source =
        TestImage.flat(TestImage.CT, 1, 3, 2, new short[6])
            .bits(1, 1, 0, 0)
            .with(Tag.Rows, VR.US, "65535")
            .with(Tag.Columns, VR.US, "65535")
            .source();
    assertFair(
        () -> {
          StudyRefused refused =
              assertThrows(
                  StudyRefused.class,
                  () ->
                      InstanceFrames.read(
                          source, new TreeSet<>(List.of(1)), false, (number, frame) -> {}));
          assertEquals(ReasonCode.DAMAGED_PIXEL_DATA, refused.code());
        });
  }

  @Test
  void jsonThatSeemsToBeInUtf32AndIsNotIsRefused() {
    byte[] json = {0, 0, 0, '[', 0x5b, 0x7a, 0x22, 0x30};
    StudyRefused refused =
        assertThrows(StudyRefused.class, () -> JsonDataSet.read(new ByteArrayInputStream(json)));
    assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code());
  }

  private static InputStream json(String vr, String value) {
    String text = "[{\"00720083\":{\"vr\":\"%s\",\"Value\":[\"%s\"]}}]".formatted(vr, value);
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void slicesThatHaveAPositionAndNoSpacingAreRefused() {
    for (String sopClass : List.of(TestImage.CT, TestImage.ULTRASOUND)) {
      List<InstanceSource> slices =
          List.of(withoutSpacing(sopClass, 1).source(), withoutSpacing(sopClass, 2).source());
      StudyRefused refused = SeriesSurvey.of(slices).refusal().orElseThrow();
      assertEquals(ReasonCode.MALFORMED_INSTANCE, refused.code(), sopClass);
    }
  }

  /** Its Pixel Spacing has two values, both empty. */
  private static TestImage withoutSpacing(String sopClass, int number) {
    return TestImage.flat(sopClass, number, 3, 2, new short[6])
        .rescale("1", "0")
        .plane(new Vector3(-10, -20, number), new Vector3(1, 0, 0), new Vector3(0, 1, 0))
        .with(Tag.FrameOfReferenceUID, VR.UI, "2.25.3")
        .with(Tag.PixelSpacing, VR.DS, " \\ ");
  }

  private static void assertFair(Runnable reading) {
    // The first time classes are loaded.
    reading.run();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    reading.run();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < FAIR, allocated + " bytes allocated");
  }

  /** Its File Meta Information has a value of a gigabyte, of which four bytes are there. */
  private static byte[] lying() {
    byte[] file = TestImage.axial(1, 0).file();
    int metaLength =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(FILE_META_LENGTH_AT);
    int end = FILE_META_LENGTH_AT + Integer.BYTES + metaLength;
    ByteBuffer lying = ByteBuffer.allocate(end + 16).order(ByteOrder.LITTLE_ENDIAN);
    lying.put(file, 0, end);
    lying.putInt(FILE_META_LENGTH_AT, metaLength + 16);
    lying.putShort((short) 2).putShort((short) 0x102).put(new byte[] {'O', 'B', 0, 0});
    lying.putInt(LYING_LENGTH);
    return lying.array();
  }

  /** 32 MB of empty items, which deflate to a thousandth. */
  private static byte[] deflatedItems() throws IOException {
    byte[] items = new byte[32 << 20];
    for (int i = 0; i < items.length; i += 8) {
      ByteBuffer.wrap(items, i, 8).order(ByteOrder.LITTLE_ENDIAN).putInt(0xe000fffe).putInt(0);
    }
    byte[] sequence = {8, 0, 0x40, 0x11, 'S', 'Q', 0, 0, -1, -1, -1, -1};
    byte[] file = TestImage.axial(1, 0).syntax("1.2.840.10008.1.2.1.99").file();
    int metaLength =
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(FILE_META_LENGTH_AT);
    var out = new ByteArrayOutputStream();
    out.writeBytes(Arrays.copyOf(file, FILE_META_LENGTH_AT + Integer.BYTES + metaLength));
    try (var deflating = new DeflaterOutputStream(out, new Deflater(9, true))) {
      deflating.write(sequence);
      deflating.write(items);
    }
    return out.toByteArray();
  }

  private static InstanceSource source(byte[] file) {
    return () -> new ByteArrayInputStream(file);
  }
}
