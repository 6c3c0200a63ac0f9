package org.firstpass.dicom;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.dicom.FrameFormat.SegmentationKind;
import org.firstpass.dicom.pixel.EncodedFrames;
import org.firstpass.dicom.pixel.RunLengthFrame;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * The pixels of a segmentation in memory, no larger than they came.
 *
 * @see "PS3.3 C.8.20.2"
 */
record SegmentPixels(
    SegmentationKind kind, int columns, int rows, int frames, StoredFrames stored) {
  private static final int MAX_VALUE = 0xffff;

  /** So that a threshold of 0.2 means 51 of 255, whatever binary fractions make of it. */
  private static final double ROUNDING = 1e-9;

  private static final long MAX_BYTES = Integer.MAX_VALUE - 16;

  private static final int LARGEST_READ = 1 << 18;

  /** What is allocated before the bytes that fill it are there. */
  private static final int FIRST_ALLOCATION = 32 << 20;

  /**
   * Reads them from where they begin.
   *
   * @param threshold the share of the Maximum Fractional Value from which on a pixel of a
   *     fractional segmentation belongs to the segment
   */
  static SegmentPixels read(Attributes header, DicomInputStream in, double threshold)
      throws IOException {
    SegmentationKind kind = kind(header);
    int columns = header.getInt(Tag.Columns, 0);
    int rows = header.getInt(Tag.Rows, 0);
    int frames = header.getInt(Tag.NumberOfFrames, 1);
    int bits = header.getInt(Tag.BitsAllocated, 0);
    requireKnown(kind, bits, header);
    long perFrame = (long) columns * rows;
    if (columns < 1 || rows < 1 || frames < 1 || perFrame * bits / Byte.SIZE > MAX_BYTES) {
      throw malformed("%d frames of %d x %d pixels".formatted(frames, columns, rows));
    }
    IntUnaryOperator meaning = meaning(kind, header, threshold);
    StoredFrames stored;
    try {
      stored =
          in.getTransferSyntax().equals(UID.RLELossless)
              ? encoded(in, new Extent((int) perFrame, frames, bits), meaning)
              : plain(in, new Extent((int) perFrame, frames, bits), meaning);
    } catch (EOFException e) {
      throw new StudyRefused(
          ReasonCode.MALFORMED_INSTANCE, "the pixel data of the segmentation end early", e);
    }
    return new SegmentPixels(kind, columns, rows, frames, stored);
  }

  /** Calls the sink with every run of pixels of a frame that belong to a segment. */
  void forEachRun(int frame, StoredFrames.RunSink sink) {
    stored.forEachRun(frame, sink);
  }

  /** Whether a frame is of one segment, which it names. */
  boolean perSegment() {
    return kind != SegmentationKind.LABELMAP;
  }

  /** How many pixels of how many bits there are. */
  private record Extent(int perFrame, int frames, int bits) {
    int bytesPerPixel() {
      return bits / Byte.SIZE;
    }

    long length() {
      // Neither factor exceeds 31 bits, and a product beyond 64 bits is no object.
      long pixels = (long) perFrame * frames;
      return pixels > Long.MAX_VALUE / bits - Byte.SIZE
          ? Long.MAX_VALUE
          : (pixels * bits + 7) / Byte.SIZE;
    }
  }

  private static StoredFrames plain(DicomInputStream in, Extent extent, IntUnaryOperator meaning)
      throws IOException {
    long found = Integer.toUnsignedLong(in.length());
    if (in.length() == -1 || found < extent.length()) {
      throw malformed("expected %d bytes of pixels, found %d".formatted(extent.length(), found));
    }
    if (extent.length() > MAX_BYTES) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "expected pixel data of at most %d bytes, found %d".formatted(MAX_BYTES, found));
    }
    byte[] data = bytes(in, (int) extent.length());
    return extent.bits() == 1
        ? new StoredBits(data, extent.perFrame())
        : StoredValues.plain(data, extent.perFrame(), extent.bytesPerPixel(), meaning);
  }

  private static StoredFrames encoded(DicomInputStream in, Extent extent, IntUnaryOperator meaning)
      throws IOException {
    if (extent.bits() == 1) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_PIXEL_FORMAT, "run-length encoding has no single bits");
    }
    if (in.length() != -1) {
      throw malformed("expected run-length encoded frames, found pixels that are not encapsulated");
    }
    List<byte[]> frames = EncodedFrames.runLength(in, extent.frames(), "the segmentation");
    RunLengthFrame[] checked = new RunLengthFrame[extent.frames()];
    IntStream.range(0, checked.length)
        .parallel()
        .forEach(
            i ->
                checked[i] =
                    RunLengthFrame.of(
                        frames.get(i),
                        extent.bytesPerPixel(),
                        extent.perFrame(),
                        what ->
                            new StudyRefused(
                                ReasonCode.DAMAGED_PIXEL_DATA, "the pixel data " + what)));
    return StoredValues.encoded(
        List.of(checked), extent.perFrame(), extent.bytesPerPixel(), meaning);
  }

  /** As many bytes, allocated as they come, and a few zeros. */
  private static byte[] bytes(InputStream in, int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, FIRST_ALLOCATION) + StoredBits.SLACK];
    int read = 0;
    while (read < length) {
      int room = Math.min(length, bytes.length - StoredBits.SLACK);
      if (read == room) {
        room = (int) Math.min(length, 2L * room);
        bytes = Arrays.copyOf(bytes, room + StoredBits.SLACK);
      }
      // A file is read through a buffer as large as the read, which should stay in the cache.
      int count = in.read(bytes, read, Math.min(room - read, LARGEST_READ));
      if (count < 0) {
        throw new EOFException();
      }
      read += count;
    }
    return bytes;
  }

  private static SegmentationKind kind(Attributes header) {
    String type = header.getString(Tag.SegmentationType, "");
    for (SegmentationKind kind : SegmentationKind.values()) {
      if (kind.name().equals(type)) {
        return kind;
      }
    }
    throw new StudyRefused(
        ReasonCode.UNSUPPORTED_PIXEL_FORMAT,
        "expected segmentation type BINARY, FRACTIONAL or LABELMAP, found another one");
  }

  private static void requireKnown(SegmentationKind kind, int bits, Attributes header) {
    boolean known =
        switch (kind) {
          case BINARY -> bits == 1;
          case FRACTIONAL -> bits == Byte.SIZE;
          case LABELMAP -> bits == Byte.SIZE || bits == Short.SIZE;
        };
    if (!known
        || header.getInt(Tag.BitsStored, bits) != bits
        || header.getInt(Tag.SamplesPerPixel, 1) != 1) {
      throw new StudyRefused(
          ReasonCode.UNSUPPORTED_PIXEL_FORMAT,
          "expected one sample of 1 bit (BINARY), 8 (FRACTIONAL) or 8 or 16 (LABELMAP), found "
              + bits);
    }
  }

  private static IntUnaryOperator meaning(
      SegmentationKind kind, Attributes header, double threshold) {
    return switch (kind) {
      case BINARY -> stored -> stored;
      case LABELMAP -> {
        int padding = header.getInt(Tag.PixelPaddingValue, 0) & MAX_VALUE;
        yield stored -> stored == padding ? 0 : stored;
      }
      case FRACTIONAL -> {
        int certain = header.getInt(Tag.MaximumFractionalValue, 0);
        if (certain < 1 || certain > MAX_VALUE) {
          throw malformed("expected a Maximum Fractional Value, found none");
        }
        double least = Math.max(1, threshold * certain - ROUNDING);
        yield stored -> stored >= least ? 1 : 0;
      }
    };
  }

  private static StudyRefused malformed(String message) {
    return new StudyRefused(ReasonCode.MALFORMED_INSTANCE, message);
  }
}
