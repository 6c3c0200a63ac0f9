package org.firstpass.dicom.pixel;

import java.io.IOException;
import java.io.InputStream;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputStream;
import org.firstpass.failure.StudyRefused;

/**
 * Uncompressed frames out of their bytes.
 *
 * @see "PS3.5 section 8.1.1 and annex D"
 */
final class UncompressedFrames {
  private final PixelData data;
  private final PixelFormat format;
  private final SampleFormat sample;
  private final boolean bigEndian;

  UncompressedFrames(PixelData data) {
    this.data = data;
    this.format = data.format();
    this.sample = format.sample();
    this.bigEndian = data.encoding() == Encoding.BIG_ENDIAN;
  }

  void read(DicomInputStream in, PixelData.FrameSink sink) throws IOException {
    InputStream bytes = checked(in);
    if (sample.bitsAllocated() == 1) {
      readBits(bytes, sink);
      return;
    }
    var stored = new int[format.pixels()];
    readCells(
        bytes,
        (frame, cells) -> {
          if (format.photometric().isGrey()) {
            unpack(cells, stored);
          } else {
            Luminance.ofUncompressed(data, cells, stored);
          }
          sink.accept(frame, stored);
        });
  }

  /** Calls the sink with every frame as it is stored. */
  void readCells(DicomInputStream in, PixelData.CellSink sink) throws IOException {
    readCells(checked(in), sink);
  }

  private InputStream checked(DicomInputStream in) {
    long needed = (format.frameBits() * data.frames() + 7) / 8;
    long found = Integer.toUnsignedLong(in.length());
    if (found < needed) {
      throw data.damaged(
          "have " + found + " bytes, but " + data.frames() + " frames take " + needed);
    }
    // Words of 16 bits hold the first byte in their low half, which big endian writes last.
    boolean swapped = bigEndian && in.vr() == VR.OW && sample.bitsAllocated() <= Byte.SIZE;
    return swapped ? new SwappedBytes(in) : in;
  }

  /** Bits are packed without a gap between frames, the first pixel in the lowest bit. */
  private void readBits(InputStream in, PixelData.FrameSink sink) throws IOException {
    var stored = new int[format.pixels()];
    long bit = 0;
    int current = 0;
    for (int frame = 0; frame < data.frames(); frame++) {
      for (int pixel = 0; pixel < stored.length; pixel++, bit++) {
        int shift = (int) (bit % Byte.SIZE);
        if (shift == 0) {
          current = in.read();
          if (current < 0) {
            throw endEarly(frame);
          }
        }
        stored[pixel] = current >> shift & 1;
      }
      sink.accept(frame, stored);
    }
  }

  private void readCells(InputStream in, PixelData.CellSink sink) throws IOException {
    int frameBytes = Math.toIntExact(format.frameBits() / Byte.SIZE);
    byte[] bytes = new byte[frameBytes];
    for (int frame = 0; frame < data.frames(); frame++) {
      if (in.readNBytes(bytes, 0, frameBytes) < frameBytes) {
        throw endEarly(frame);
      }
      sink.accept(frame, bytes);
    }
  }

  private StudyRefused endEarly(int frame) {
    return data.damaged("end early, in frame " + (frame + 1) + " of " + data.frames());
  }

  private void unpack(byte[] bytes, int[] stored) {
    switch (sample.bitsAllocated()) {
      case Byte.SIZE -> {
        for (int i = 0; i < stored.length; i++) {
          stored[i] = sample.storedValue(bytes[i]);
        }
      }
      case Short.SIZE -> {
        int low = bigEndian ? 1 : 0;
        for (int i = 0; i < stored.length; i++) {
          int cell = bytes[2 * i + low] & 0xff | bytes[2 * i + 1 - low] << Byte.SIZE;
          stored[i] = sample.storedValue(cell);
        }
      }
      default -> {
        for (int i = 0; i < stored.length; i++) {
          stored[i] = sample.storedValue(longCell(bytes, Integer.BYTES * i));
        }
      }
    }
  }

  private int longCell(byte[] bytes, int at) {
    int cell = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      int shift = Byte.SIZE * (bigEndian ? Integer.BYTES - 1 - i : i);
      cell |= (bytes[at + i] & 0xff) << shift;
    }
    return cell;
  }

  /** The bytes of a stream, each pair of them turned round. */
  private static final class SwappedBytes extends InputStream {
    private final InputStream in;
    private int pending = -1;

    SwappedBytes(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      if (pending >= 0) {
        int second = pending;
        pending = -1;
        return second;
      }
      pending = in.read();
      return in.read();
    }
  }
}
