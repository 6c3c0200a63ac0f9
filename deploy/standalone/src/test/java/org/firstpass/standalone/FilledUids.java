package org.firstpass.standalone;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Instances whose publisher emptied their UIDs, with UIDs put in. Explicit VR little endian headers
 * only; the file itself is not touched.
 */
final class FilledUids {
  private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
  private static final int SOP_CLASS = 0x00080016;
  private static final int SOP_INSTANCE = 0x00080018;
  private static final int STUDY = 0x0020000d;
  private static final int SERIES = 0x0020000e;

  private FilledUids() {}

  /** Writes a copy with UIDs into a folder. */
  static Path write(Path file, int number, Path folder) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes = filled(bytes, SOP_CLASS, CT_IMAGE_STORAGE);
    bytes = filled(bytes, SOP_INSTANCE, "2.25.5." + (number + 1));
    bytes = filled(bytes, STUDY, "2.25.51");
    return Files.write(
        folder.resolve("%04d.dcm".formatted(number)), filled(bytes, SERIES, "2.25.52"));
  }

  private static byte[] filled(byte[] bytes, int tag, String uid) {
    byte[] empty = element(tag, "");
    int at = indexOf(bytes, empty);
    if (at < 0) {
      return bytes;
    }
    var out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    out.writeBytes(element(tag, uid));
    out.write(bytes, at + empty.length, bytes.length - at - empty.length);
    return out.toByteArray();
  }

  private static byte[] element(int tag, String uid) {
    String padded = uid.length() % 2 == 0 ? uid : uid + "\0";
    return ByteBuffer.allocate(8 + padded.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >> 16))
        .putShort((short) tag)
        .put((byte) 'U')
        .put((byte) 'I')
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      int matched = 0;
      while (matched < wanted.length && bytes[at + matched] == wanted[matched]) {
        matched++;
      }
      if (matched == wanted.length) {
        return at;
      }
    }
    return -1;
  }
}
