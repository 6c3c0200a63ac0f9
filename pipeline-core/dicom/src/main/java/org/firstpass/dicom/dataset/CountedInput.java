package org.firstpass.dicom.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/** The bytes of a data set, counted, with numbers in either byte order. */
final class CountedInput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final BufferedInputStream in;
  private long position;

  CountedInput(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  long position() {
    return position;
  }

  /** The next byte, -1 at the end. */
  int readOrEnd() throws IOException {
    int value = in.read();
    if (value >= 0) {
      position++;
    }
    return value;
  }

  int read() throws IOException {
    int value = readOrEnd();
    if (value < 0) {
      throw ended();
    }
    return value;
  }

  int readShort(boolean bigEndian) throws IOException {
    int first = read();
    int second = read();
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  int readInt(boolean bigEndian) throws IOException {
    int first = readShort(bigEndian);
    int second = readShort(bigEndian);
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  /** Grows with what is there, so that a length that lies takes no memory. */
  byte[] readBytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    position += bytes.length;
    if (bytes.length < length) {
      throw ended();
    }
    return bytes;
  }

  int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    if (count < 0) {
      throw ended();
    }
    position += count;
    return count;
  }

  void skip(long length) throws IOException {
    try {
      in.skipNBytes(length);
    } catch (EOFException e) {
      throw ended();
    }
    position += length;
  }

  /** The next two bytes, which stay. */
  int peekShort(boolean bigEndian) throws IOException {
    in.mark(Short.BYTES);
    byte[] two = in.readNBytes(Short.BYTES);
    in.reset();
    if (two.length < Short.BYTES) {
      throw ended();
    }
    int first = two[0] & 0xff;
    int second = two[1] & 0xff;
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  StudyRefused malformed(String what) {
    return new StudyRefused(
        ReasonCode.MALFORMED_INSTANCE, "at byte " + position + " of the data set: " + what);
  }

  private StudyRefused ended() {
    return malformed("it ends within an element");
  }
}
