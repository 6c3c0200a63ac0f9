package org.firstpass.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A greyscale PNG with 16 bits per pixel, without any metadata.
 *
 * @see "ISO/IEC 15948"
 */
final class PngWriter {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte BITS = 16;
  private static final byte GREYSCALE = 0;

  /** A pixel's value, 0 to 65535. */
  interface Pixels {
    int at(int column, int row);
  }

  private PngWriter() {}

  /** Writes the picture and leaves the stream open. */
  static void write(int columns, int rows, Pixels pixels, OutputStream out) throws IOException {
    out.write(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(columns).putInt(rows);
    header.put(BITS).put(GREYSCALE).put((byte) 0).put((byte) 0).put((byte) 0);
    chunk("IHDR", header.array(), out);
    var data = new ByteArrayOutputStream();
    try (var compressed = new DeflaterOutputStream(data)) {
      var line = new byte[1 + 2 * columns];
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int value = pixels.at(column, row);
          line[1 + 2 * column] = (byte) (value >> 8);
          line[2 + 2 * column] = (byte) value;
        }
        compressed.write(line);
      }
    }
    chunk("IDAT", data.toByteArray(), out);
    chunk("IEND", new byte[0], out);
  }

  private static void chunk(String type, byte[] data, OutputStream out) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
