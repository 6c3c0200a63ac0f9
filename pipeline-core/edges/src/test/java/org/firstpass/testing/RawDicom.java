package org.firstpass.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A data set in Explicit VR Little Endian, written element by element without a toolkit: what the
 * toolkit reads is then not only what the toolkit writes.
 */
public final class RawDicom {
  private static final List<String> LONG_FORMS = List.of("OB", "OW", "SQ", "UN", "UT");
  private static final int UNDEFINED = -1;

  private final TreeMap<Integer, byte[]> elements =
      new TreeMap<>((a, b) -> Integer.compareUnsigned(a, b));

  public RawDicom text(int tag, String vr, String... values) {
    byte[] bytes = String.join("\\", values).getBytes(StandardCharsets.US_ASCII);
    int padded = bytes.length + (bytes.length & 1);
    byte[] value = Arrays.copyOf(bytes, padded);
    if (padded > bytes.length) {
      value[bytes.length] = (byte) (vr.equals("UI") ? 0 : ' ');
    }
    return put(tag, vr, value);
  }

  public RawDicom decimals(int tag, double... values) {
    return text(
        tag, "DS", DoubleStream.of(values).mapToObj(RawDicom::decimal).toArray(String[]::new));
  }

  private static String decimal(double value) {
    String text = Double.toString(value);
    return text.length() <= 16 ? text : String.format(java.util.Locale.ROOT, "%.9f", value);
  }

  public RawDicom shorts(int tag, int... values) {
    ByteBuffer bytes = little(values.length * 2);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return put(tag, "US", bytes.array());
  }

  public RawDicom longs(int tag, int... values) {
    ByteBuffer bytes = little(values.length * 4);
    for (int value : values) {
      bytes.putInt(value);
    }
    return put(tag, "UL", bytes.array());
  }

  public RawDicom sequence(int tag, RawDicom... items) {
    var content = new ByteArrayOutputStream();
    for (RawDicom item : items) {
      byte[] bytes = item.bytes();
      content.writeBytes(
          little(8).putShort((short) 0xfffe).putShort((short) 0xe000).putInt(bytes.length).array());
      content.writeBytes(bytes);
    }
    return put(tag, "SQ", content.toByteArray());
  }

  public RawDicom sequence(int tag, List<RawDicom> items) {
    return sequence(tag, items.toArray(RawDicom[]::new));
  }

  /** Native pixel data or any other value. */
  public RawDicom put(int tag, String vr, byte[] value) {
    byte[] padded = value.length % 2 == 0 ? value : Arrays.copyOf(value, value.length + 1);
    elements.put(tag, element(tag, vr, padded.length, padded));
    return this;
  }

  /** Encapsulated pixel data, a fragment per frame, with an empty offset table. */
  public RawDicom fragments(int tag, List<byte[]> frames) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(item(new byte[0]));
    frames.forEach(frame -> content.writeBytes(item(frame)));
    content.writeBytes(
        little(8).putShort((short) 0xfffe).putShort((short) 0xe0dd).putInt(0).array());
    elements.put(tag, element(tag, "OB", UNDEFINED, content.toByteArray()));
    return this;
  }

  private static byte[] item(byte[] value) {
    byte[] padded = value.length % 2 == 0 ? value : Arrays.copyOf(value, value.length + 1);
    return little(8 + padded.length)
        .putShort((short) 0xfffe)
        .putShort((short) 0xe000)
        .putInt(padded.length)
        .put(padded)
        .array();
  }

  private static byte[] element(int tag, String vr, int length, byte[] content) {
    boolean longForm = LONG_FORMS.contains(vr);
    ByteBuffer bytes = little((longForm ? 12 : 8) + content.length);
    bytes.putShort((short) (tag >>> 16)).putShort((short) tag);
    bytes.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (longForm) {
      bytes.putShort((short) 0).putInt(length);
    } else {
      bytes.putShort((short) length);
    }
    return bytes.put(content).array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private byte[] bytes() {
    var out = new ByteArrayOutputStream();
    elements.values().forEach(out::writeBytes);
    return out.toByteArray();
  }

  /** A file of PS3.10 with this data set; SOP class and instance are those that it names. */
  public byte[] file(String sopClass, String instance, String transferSyntax) {
    var meta =
        new RawDicom()
            .put(0x00020001, "OB", new byte[] {0, 1})
            .text(0x00020002, "UI", sopClass)
            .text(0x00020003, "UI", instance)
            .text(0x00020010, "UI", transferSyntax)
            .text(0x00020012, "UI", "1.2.3.4");
    byte[] group = meta.bytes();
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new RawDicom().longs(0x00020000, group.length).bytes());
    out.writeBytes(group);
    out.writeBytes(bytes());
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return elements.keySet().stream()
        .map(tag -> String.format("%08x", tag))
        .collect(Collectors.joining(" "));
  }
}
