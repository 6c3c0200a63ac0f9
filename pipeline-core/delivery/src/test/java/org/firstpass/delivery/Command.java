package org.firstpass.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A command set, Implicit VR Little Endian (PS3.7 section 6.3). */
record Command(@SuppressWarnings("ArrayRecordComponent") byte[] bytes) {
  static final int C_FIND = 0x0020;
  static final int N_ACTION = 0x0130;

  int field() {
    byte[] value = value(0x0100);
    return value[0] & 0xff | (value[1] & 0xff) << 8;
  }

  String instance() {
    return new String(value(0x1000), StandardCharsets.US_ASCII).strip().replace("\0", "");
  }

  byte[] response(int status, boolean withData) {
    var elements = new ByteArrayOutputStream();
    elements.writeBytes(element(0, 0x0002, value(0x0002)));
    elements.writeBytes(element(0, 0x0100, little(field() | 0x8000)));
    elements.writeBytes(element(0, 0x0120, value(0x0110)));
    elements.writeBytes(element(0, 0x0800, little(withData ? 0x0000 : 0x0101)));
    elements.writeBytes(element(0, 0x0900, little(status)));
    if (field() != C_FIND) {
      elements.writeBytes(element(0, 0x1000, value(0x1000)));
    }
    return grouped(elements);
  }

  /** Of a storage commitment request, which is never answered. */
  byte[] acknowledgement() {
    var elements = new ByteArrayOutputStream();
    elements.writeBytes(element(0, 0x0002, value(0x0003)));
    elements.writeBytes(element(0, 0x0100, little(field() | 0x8000)));
    elements.writeBytes(element(0, 0x0120, value(0x0110)));
    elements.writeBytes(element(0, 0x0800, little(0x0101)));
    elements.writeBytes(element(0, 0x0900, little(0)));
    elements.writeBytes(element(0, 0x1000, value(0x1001)));
    return grouped(elements);
  }

  private static byte[] grouped(ByteArrayOutputStream elements) {
    var all = new ByteArrayOutputStream();
    int size = elements.size();
    byte[] length = {(byte) size, (byte) (size >> 8), (byte) (size >> 16), 0};
    all.writeBytes(element(0, 0x0000, length));
    all.writeBytes(elements.toByteArray());
    return all.toByteArray();
  }

  static byte[] identifier(String instance) {
    String padded = instance.length() % 2 == 0 ? instance : instance + "\0";
    return element(0x0008, 0x0018, padded.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] little(int value) {
    return new byte[] {(byte) value, (byte) (value >> 8)};
  }

  private static byte[] element(int group, int element, byte[] value) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(little(group));
    out.writeBytes(little(element));
    out.writeBytes(little(value.length));
    out.writeBytes(little(0));
    out.writeBytes(value);
    return out.toByteArray();
  }

  private byte[] value(int element) {
    int at = 0;
    while (at + 8 <= bytes.length) {
      int number = bytes[at + 2] & 0xff | (bytes[at + 3] & 0xff) << 8;
      int length = bytes[at + 4] & 0xff | (bytes[at + 5] & 0xff) << 8;
      if (number == element) {
        return Arrays.copyOfRange(bytes, at + 8, at + 8 + length);
      }
      at += 8 + length;
    }
    throw new IllegalStateException("the command has no element " + element);
  }
}
