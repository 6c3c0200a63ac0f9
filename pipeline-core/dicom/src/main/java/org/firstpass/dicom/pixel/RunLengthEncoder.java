package org.firstpass.dicom.pixel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Encodes grey frames in RLE Lossless: one segment per byte of a pixel, most significant first, row
 * by row.
 *
 * @see "PS3.5 annex G"
 */
public final class RunLengthEncoder {
  private static final int HEADER_BYTES = 64;
  private static final int MAX_COUNT = 128;
  private static final int NEAR = 8;

  private final byte[] frame;
  private final int bytesPerPixel;
  private byte[] out;
  private int used = HEADER_BYTES;

  private RunLengthEncoder(byte[] frame, int bytesPerPixel) {
    this.frame = frame;
    this.bytesPerPixel = bytesPerPixel;
    this.out = new byte[HEADER_BYTES + frame.length / 8 + 16];
  }

  /**
   * One frame with its header, of even length.
   *
   * @param frame pixels row by row, least significant byte first
   */
  public static byte[] encode(byte[] frame, int bytesPerPixel, int columns) {
    return new RunLengthEncoder(frame, bytesPerPixel).encode(columns);
  }

  private byte[] encode(int columns) {
    int[] offsets = new int[bytesPerPixel];
    byte[] row = new byte[columns];
    for (int segment = 0; segment < bytesPerPixel; segment++) {
      offsets[segment] = used;
      int plane = bytesPerPixel - 1 - segment;
      for (int from = 0; from < frame.length; from += columns * bytesPerPixel) {
        for (int column = 0; column < columns; column++) {
          row[column] = frame[from + column * bytesPerPixel + plane];
        }
        appendRow(row);
      }
      if ((used & 1) != 0) {
        reserve(1);
        used++;
      }
    }
    ByteBuffer header = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(bytesPerPixel);
    for (int offset : offsets) {
      header.putInt(offset);
    }
    return Arrays.copyOf(out, used);
  }

  private void appendRow(byte[] row) {
    int literal = 0;
    int at = 0;
    while (at < row.length) {
      int end = endOfRun(row, at);
      // Two equal bytes within a literal cost as much as a run of their own.
      if (end - at > 2 || end - at == 2 && literal == at) {
        appendLiteral(row, literal, at);
        appendRun(row[at], end - at);
        literal = end;
      }
      at = end;
    }
    appendLiteral(row, literal, row.length);
  }

  private static int endOfRun(byte[] row, int start) {
    int at = start + 1;
    int near = Math.min(row.length, start + NEAR);
    while (at < near && row[at] == row[start]) {
      at++;
    }
    if (at < near || at == row.length) {
      return at;
    }
    // Each value beside the one before it: compared as long vectors.
    int same = Arrays.mismatch(row, at - 1, row.length - 1, row, at, row.length);
    return same < 0 ? row.length : at + same;
  }

  private void appendRun(byte value, int length) {
    int left = length;
    while (left > 0) {
      int count = Math.min(left, MAX_COUNT);
      reserve(2);
      // A run of one is a literal of one.
      out[used] = (byte) (1 - count);
      out[used + 1] = value;
      used += 2;
      left -= count;
    }
  }

  private void appendLiteral(byte[] row, int from, int to) {
    int at = from;
    while (at < to) {
      int count = Math.min(to - at, MAX_COUNT);
      reserve(count + 1);
      out[used] = (byte) (count - 1);
      System.arraycopy(row, at, out, used + 1, count);
      used += count + 1;
      at += count;
    }
  }

  private void reserve(int bytes) {
    if (used + bytes > out.length) {
      out = Arrays.copyOf(out, Math.max(used + bytes, Math.addExact(out.length, out.length / 2)));
    }
  }
}
