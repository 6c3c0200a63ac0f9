package org.firstpass.dicom;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Frames of single bits, one after the other without a gap: a frame begins amid a byte if the one
 * before it ended there.
 *
 * @see "PS3.5 section 8.1.1"
 */
final class BitOutput {
  private final OutputStream out;
  private int pending;
  private int pendingBits;

  BitOutput(OutputStream out) {
    this.out = out;
  }

  /** Appends bits, of which bit 0 of byte 0 is the first; those beyond the count must be zero. */
  void write(byte[] bits, int count) throws IOException {
    int whole = count >> 3;
    int rest = count & 7;
    if (pendingBits == 0) {
      out.write(bits, 0, whole);
    } else {
      out.write(shifted(bits, whole));
    }
    if (rest > 0) {
      append(bits[whole] & 0xff, rest);
    }
  }

  /** Writes the last byte, filled up with zeros. */
  void flush() throws IOException {
    if (pendingBits > 0) {
      out.write(pending);
      pending = 0;
      pendingBits = 0;
    }
  }

  private byte[] shifted(byte[] bits, int whole) {
    byte[] shifted = new byte[whole];
    int carry = pending;
    for (int i = 0; i < whole; i++) {
      int value = (bits[i] & 0xff) << pendingBits | carry;
      shifted[i] = (byte) value;
      carry = value >> 8;
    }
    pending = carry;
    return shifted;
  }

  private void append(int value, int count) throws IOException {
    int joined = pending | value << pendingBits;
    int bits = pendingBits + count;
    if (bits >= 8) {
      out.write(joined);
      joined >>= 8;
      bits -= 8;
    }
    pending = joined & 0xff;
    pendingBits = bits;
  }
}
