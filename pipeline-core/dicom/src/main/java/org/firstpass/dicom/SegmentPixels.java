package org.firstpass.dicom;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * The pixels of a segmentation as they are stored: frames of bits without a gap, or of label
 * values.
 *
 * @see "PS3.5 section 8.1.1"
 */
final class SegmentPixels {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] data;
  private final int columns;
  private final int rows;
  private final int frames;
  private final int bitsAllocated;
  private final int padding;

  private SegmentPixels(
      byte[] data, int columns, int rows, int frames, int bitsAllocated, int padding) {
    this.data = data;
    this.columns = columns;
    this.rows = rows;
    this.frames = frames;
    this.bitsAllocated = bitsAllocated;
    this.padding = padding;
  }

  static SegmentPixels of(Attributes attributes) throws IOException {
    int columns = attributes.getInt(Tag.Columns, 0);
    int rows = attributes.getInt(Tag.Rows, 0);
    int frames = attributes.getInt(Tag.NumberOfFrames, 1);
    int bits = attributes.getInt(Tag.BitsAllocated, 0);
    boolean binary = "BINARY".equals(attributes.getString(Tag.SegmentationType));
    boolean known = binary ? bits == 1 : bits == 8 || bits == 16;
    if (!known) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_PIXEL_FORMAT,
          "expected 1 bit per pixel (BINARY) or 8 or 16 (LABELMAP), found " + bits);
    }
    byte[] data = attributes.getBytes(Tag.PixelData);
    if (data == null || data.length == 0) {
      throw new StudyRefused(ReasonCode.NO_PIXEL_DATA, "the segmentation has no pixel data");
    }
    long expected = ((long) columns * rows * frames * bits + 7) / 8;
    if (columns < 1 || rows < 1 || frames < 1 || data.length < expected) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE,
          "expected %d bytes for %d frames of %d x %d x %d bit, found %d"
              .formatted(expected, frames, columns, rows, bits, data.length));
    }
    return new SegmentPixels(
        data, columns, rows, frames, bits, attributes.getInt(Tag.PixelPaddingValue, 0));
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  int frames() {
    return frames;
  }

  boolean binary() {
    return bitsAllocated == 1;
  }

  /** Calls the sink with every pixel of a frame that is neither background (0) nor padding. */
  void forEachMarked(int frame, PixelSink sink) {
    if (binary()) {
      forEachSetBit(frame, sink);
    } else {
      forEachLabel(frame, sink);
    }
  }

  private void forEachSetBit(int frame, PixelSink sink) {
    int count = columns * rows;
    long first = (long) frame * count;
    long end = first + count;
    long bit = first;
    while (bit < end) {
      int at = (int) (bit >> 3);
      if ((bit & 7) == 0 && bit + Long.SIZE <= end) {
        long word = (long) LONGS.get(data, at);
        while (word != 0) {
          sink.accept((int) (bit - first) + Long.numberOfTrailingZeros(word), 1);
          word &= word - 1;
        }
        bit += Long.SIZE;
      } else {
        if ((data[at] >> (bit & 7) & 1) != 0) {
          sink.accept((int) (bit - first), 1);
        }
        bit++;
      }
    }
  }

  private void forEachLabel(int frame, PixelSink sink) {
    int count = columns * rows;
    int bytes = bitsAllocated / Byte.SIZE;
    int at = frame * count * bytes;
    for (int pixel = 0; pixel < count; pixel++) {
      int label = data[at] & 0xff;
      if (bytes == 2) {
        label |= (data[at + 1] & 0xff) << 8;
      }
      if (label != 0 && label != padding) {
        sink.accept(pixel, label);
      }
      at += bytes;
    }
  }

  /** Takes one pixel (row times columns plus column) and its stored value. */
  @FunctionalInterface
  interface PixelSink {
    void accept(int pixel, int value);
  }
}
