package org.firstpass.fuzz.files;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.firstpass.dicom.Part10;
import org.firstpass.dicom.dataset.ElementWriter;
import org.firstpass.dicom.dataset.Vr;
import org.firstpass.dicom.pixel.RunLengthEncoder;
import org.firstpass.study.SopClassUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.TransferSyntaxUid;

/** One image built element by element, in syntaxes and formats that our writers do not use. */
final class SampleImage {
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final String ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1";
  private static final String ULTRASOUND = "1.2.840.10008.5.1.4.1.1.6.1";
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";
  static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
  private static final String RUN_LENGTH = "1.2.840.10008.1.2.5";
  private static final String JPEG = "1.2.840.10008.1.2.4.50";
  private static final int PIXEL_DATA = 0x7fe0_0010;

  private record Element(Vr vr, ByteBuffer value) {}

  private final String sopClass;
  private final Map<Integer, Element> elements = new TreeMap<>();

  private SampleImage(String sopClass, int bits, int samples) {
    this.sopClass = sopClass;
    text(0x0008_0016, Vr.UI, sopClass);
    text(0x0008_0018, Vr.UI, "2.25.101");
    text(0x0008_0060, Vr.CS, "CT");
    text(0x0020_000d, Vr.UI, "2.25.11");
    text(0x0020_000e, Vr.UI, "2.25.12");
    text(0x0020_0052, Vr.UI, "2.25.13");
    text(0x0020_0032, Vr.DS, "-10\\20\\30.5");
    text(0x0020_0037, Vr.DS, "1\\0\\0\\0\\1\\0");
    text(0x0028_0030, Vr.DS, "0.9\\0.7");
    text(0x0028_1052, Vr.DS, "-1024");
    text(0x0028_1053, Vr.DS, "1");
    number(0x0028_0002, samples);
    text(0x0028_0004, Vr.CS, samples == 1 ? "MONOCHROME2" : "RGB");
    number(0x0028_0010, 4);
    number(0x0028_0011, 5);
    number(0x0028_0100, bits);
    number(0x0028_0101, bits);
    number(0x0028_0102, bits - 1);
    number(0x0028_0103, 0);
  }

  /** An image in each way to write one. */
  static List<byte[]> all() {
    return List.of(
        ct().implicit(),
        ct().bigEndian(),
        ct().deflated(),
        ct().runLength(2, 1),
        ultrasound().runLength(1, 1),
        frames().explicit(EXPLICIT),
        nested(12).explicit(EXPLICIT),
        nested(600).explicit(EXPLICIT),
        enhanced());
  }

  /** Those of them in explicit little endian, and that parse. */
  static List<byte[]> explicit() {
    return List.of(
        ct().explicit(EXPLICIT),
        ct().runLength(2, 1),
        ultrasound().runLength(1, 1),
        frames().explicit(EXPLICIT),
        enhanced());
  }

  /** Sequences in sequences, so many. */
  private static SampleImage nested(int levels) {
    var out = new ByteArrayOutputStream();
    var writer = new ElementWriter(out);
    try {
      for (int i = 0; i < levels; i++) {
        writer.beginItem();
        writer.beginSequence(0x0008_1140);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SampleImage image = ct();
    image.elements.put(0x0008_1140, new Element(Vr.SQ, ByteBuffer.wrap(out.toByteArray())));
    return image;
  }

  private static SampleImage ct() {
    var image = new SampleImage(CT, 16, 1);
    image.elements.put(PIXEL_DATA, new Element(Vr.OW, ByteBuffer.wrap(new byte[40])));
    return image;
  }

  private static SampleImage ultrasound() {
    var image = new SampleImage(ULTRASOUND, 8, 3);
    image.number(0x0028_0006, 0);
    return image;
  }

  /** Two frames of single bits. */
  private static SampleImage frames() {
    var image = new SampleImage(ULTRASOUND, 1, 1);
    image.text(0x0028_0008, Vr.IS, "2");
    image.elements.put(PIXEL_DATA, new Element(Vr.OB, ByteBuffer.wrap(new byte[6])));
    return image;
  }

  /** An enhanced image: two frames, placed by functional groups. */
  private static byte[] enhanced() {
    var image = new SampleImage(ENHANCED_CT, 16, 1);
    image.text(0x0028_0008, Vr.IS, "2");
    List.of(0x0020_0032, 0x0020_0037, 0x0028_0030, 0x0028_1052, 0x0028_1053)
        .forEach(image.elements::remove);
    byte[] top = image.explicit(EXPLICIT);
    var out = new ByteArrayOutputStream();
    out.writeBytes(top);
    var writer = new ElementWriter(out);
    try {
      writer.beginSequence(0x5200_9229);
      writer.beginItem();
      group(writer, 0x0028_9110, 0x0028_0030, "0.9\\0.7");
      group(writer, 0x0020_9116, 0x0020_0037, "1\\0\\0\\0\\1\\0");
      writer.endItem();
      writer.endSequence();
      writer.beginSequence(0x5200_9230);
      for (String position : List.of("-10\\20\\30.5", "-10\\20\\33")) {
        writer.beginItem();
        group(writer, 0x0020_9113, 0x0020_0032, position);
        group(writer, 0x0028_9145, 0x0028_1053, "1");
        writer.endItem();
      }
      writer.endSequence();
      writer.element(PIXEL_DATA, Vr.OW, new byte[80]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void group(ElementWriter writer, int sequence, int tag, String value)
      throws IOException {
    writer.beginSequence(sequence);
    writer.beginItem();
    writer.element(tag, Vr.DS, value.getBytes(StandardCharsets.US_ASCII));
    writer.endItem();
    writer.endSequence();
  }

  private void text(int tag, Vr vr, String text) {
    elements.put(tag, new Element(vr, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))));
  }

  private void number(int tag, int value) {
    ByteBuffer two = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    elements.put(tag, new Element(Vr.US, two.putShort(0, (short) value)));
  }

  private byte[] explicit(String syntax) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header(syntax));
    out.writeBytes(dataset());
    return out.toByteArray();
  }

  private byte[] dataset() {
    var out = new ByteArrayOutputStream();
    var writer = new ElementWriter(out);
    elements.forEach((tag, element) -> write(writer, tag, element));
    return out.toByteArray();
  }

  private static void write(ElementWriter writer, int tag, Element element) {
    try {
      writer.element(tag, element.vr(), element.value().array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] implicit() {
    return bare(IMPLICIT, ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] bigEndian() {
    return bare(BIG_ENDIAN, ByteOrder.BIG_ENDIAN);
  }

  private byte[] bare(String syntax, ByteOrder order) {
    boolean explicit = order == ByteOrder.BIG_ENDIAN;
    ByteBuffer out = ByteBuffer.allocate(1 << 12).order(order);
    out.put(header(syntax));
    elements.forEach(
        (tag, element) -> {
          int length = element.value().limit();
          out.putShort((short) (tag >>> 16)).putShort(tag.shortValue());
          if (explicit) {
            out.put(element.vr().name().getBytes(StandardCharsets.US_ASCII));
          }
          if (!explicit || element.vr().longForm()) {
            out.putInt(explicit ? 0 : length + length % 2);
          }
          if (explicit) {
            // The long form's length follows its two reserved bytes.
            putExplicitLength(out, element.vr(), length + length % 2);
          }
          ByteBuffer value = element.value().duplicate().order(ByteOrder.LITTLE_ENDIAN);
          while (value.remaining() >= element.vr().unit()) {
            putUnit(out, value, element.vr().unit());
          }
          if (length % 2 == 1) {
            out.put((byte) (element.vr() == Vr.UI ? 0 : ' '));
          }
        });
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void putExplicitLength(ByteBuffer out, Vr vr, int length) {
    if (vr.longForm()) {
      out.position(out.position() - Short.BYTES).putInt(length);
    } else {
      out.putShort((short) length);
    }
  }

  private static void putUnit(ByteBuffer out, ByteBuffer value, int unit) {
    if (unit == Short.BYTES) {
      out.putShort(value.getShort());
    } else {
      out.put(value.get());
    }
  }

  private byte[] deflated() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(header(DEFLATED));
    try (var deflating =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      deflating.write(dataset());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A grey image of 4 x 5 pixels with this codestream of JPEG. */
  static byte[] jpeg(byte[] codestream) {
    var image = new SampleImage(CT, 8, 1);
    return image.encapsulated(JPEG, codestream);
  }

  /** What the platform's own writer makes. */
  static byte[] jpegCodestream() {
    var picture = new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setSample(2, 3, 0, 200);
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private byte[] runLength(int bytesPerPixel, int planes) {
    byte[] pixels = new byte[20 * bytesPerPixel * planes];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 3);
    }
    byte[] frame =
        elements.containsKey(0x0028_0006)
            ? colour()
            : RunLengthEncoder.encode(pixels, bytesPerPixel, 5);
    elements.remove(PIXEL_DATA);
    return encapsulated(RUN_LENGTH, frame);
  }

  /** An empty offset table, and one frame. */
  private byte[] encapsulated(String syntax, byte[] frame) {
    byte[] top = explicit(syntax);
    ByteBuffer out =
        ByteBuffer.allocate(top.length + 36 + frame.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(top).putInt(0x0010_7fe0).put(new byte[] {'O', 'B', 0, 0}).putInt(-1);
    out.putInt(0xe000_fffe).putInt(0);
    out.putInt(0xe000_fffe).putInt(frame.length).put(frame);
    out.putInt(0xe0dd_fffe).putInt(0);
    return out.array();
  }

  /** Three segments of 20 equal pixels. */
  static byte[] colour() {
    ByteBuffer frame = ByteBuffer.allocate(70).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(3).putInt(64).putInt(66).putInt(68).position(64);
    for (int sample = 0; sample < 3; sample++) {
      frame.put((byte) -19).put((byte) (80 * sample));
    }
    return frame.array();
  }

  private byte[] header(String syntax) {
    return Part10.header(
        new SopClassUid(sopClass), new SopInstanceUid("2.25.101"), new TransferSyntaxUid(syntax));
  }
}
