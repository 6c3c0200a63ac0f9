package org.firstpass.fuzz.net;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of the upper layer protocol and of messages, whose lengths may lie. */
final class Wire {
  static final int ASSOCIATE_RQ = 1;
  static final int ASSOCIATE_AC = 2;
  static final int ASSOCIATE_RJ = 3;
  static final int P_DATA_TF = 4;
  static final int RELEASE_RQ = 5;
  static final int RELEASE_RP = 6;
  static final int ABORT = 7;
  static final int COMMAND = 1;
  static final int LAST = 2;
  static final String APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  private Wire() {}

  static byte[] pdu(int type, int length, byte[] body) {
    return join(new byte[] {(byte) type, 0}, bigEndian(length, 4), body);
  }

  /** An item of an association PDU. */
  static byte[] item(int type, int length, byte[] value) {
    return join(new byte[] {(byte) type, 0}, bigEndian(length, 2), value);
  }

  static byte[] item(Choices choices, int type, byte[] value) {
    return item(type, choices.length(value.length), value);
  }

  /** A text behind its length. */
  static byte[] counted(Choices choices, String text) {
    byte[] bytes = ascii(text);
    return join(bigEndian(choices.length(bytes.length), 2), bytes);
  }

  static byte[] fragment(int length, int context, int control, byte[] value) {
    return join(bigEndian(length, 4), new byte[] {(byte) context, (byte) control}, value);
  }

  /** A P-DATA-TF with one honest fragment. */
  static byte[] data(int context, int control, byte[] value) {
    byte[] fragment = fragment(value.length + 2, context, control, value);
    return pdu(P_DATA_TF, fragment.length, fragment);
  }

  /** An element in Implicit VR Little Endian. */
  static byte[] element(int tag, int length, byte[] value) {
    return join(littleEndian(tag >>> 16, 2), littleEndian(tag, 2), littleEndian(length, 4), value);
  }

  static byte[] text(int tag, String value) {
    byte[] bytes = ascii(value.length() % 2 == 0 ? value : value + "\0");
    return element(tag, bytes.length, bytes);
  }

  static byte[] number(int tag, int value) {
    return element(tag, 2, littleEndian(value, 2));
  }

  /** An honest request without a data set. */
  static byte[] request(String sopClass, int field, int message) {
    return join(
        text(0x0002, sopClass),
        number(0x0100, field),
        number(0x0110, message),
        number(0x0800, 0x0101));
  }

  /** A release or an abort. */
  static byte[] short4(int type) {
    return pdu(type, 4, new byte[4]);
  }

  static byte[] bigEndian(int value, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >>> 8 * (count - 1 - i));
    }
    return bytes;
  }

  static byte[] littleEndian(int value, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >>> 8 * i);
    }
    return bytes;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    var joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
