package org.firstpass.dicom.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.firstpass.dicom.dataset.ElementReader;
import org.firstpass.dicom.pixel.Encoding;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;

/**
 * The frames of one instance, one after the other, as they are stored; no more than one is held.
 *
 * <p>An uncompressed frame is in little endian, and one of single bits begins with a byte of its
 * own. A compressed frame is put together from its fragments: by the offset table, or one fragment
 * each, or where a codestream begins. Not thread-safe.
 *
 * @see "PS3.5 section A.4, section 8"
 */
final class StoredFrames {
  private static final int LARGEST_FRAME = 1 << 30;
  private static final int LARGEST_FRAME_OF_BITS = 1 << 30;

  private final int frames;
  private final Source source;
  private int next;

  /** Where the bytes of the next frame come from. */
  private interface Source {
    byte[] next() throws IOException;
  }

  private StoredFrames(ImageHeader image, Source source) {
    this.frames = image.frames();
    this.source = source;
  }

  static StoredFrames of(ImageHeader image) throws IOException {
    if (image.encapsulated()) {
      return new StoredFrames(image, new Fragmented(image)::next);
    }
    InputStream bytes = image.littleEndian();
    return new StoredFrames(image, plain(bytes, image.frameBits()));
  }

  private static Source plain(InputStream bytes, long bits) {
    boolean whole = bits % Byte.SIZE == 0;
    if (bits > (whole ? (long) Byte.SIZE * LARGEST_FRAME : LARGEST_FRAME_OF_BITS)) {
      throw damaged("have a frame that is too large");
    }
    return whole ? () -> whole(bytes, (int) (bits / Byte.SIZE)) : new Bits(bytes, (int) bits)::next;
  }

  /** The next frame, none after the last one. */
  Optional<byte[]> next() throws IOException {
    if (next == frames) {
      return Optional.empty();
    }
    next++;
    return Optional.of(source.next());
  }

  private static byte[] whole(InputStream bytes, int length) throws IOException {
    byte[] frame = bytes.readNBytes(length);
    if (frame.length < length) {
      throw damaged("end early");
    }
    return frame;
  }

  private static StudyRefused damaged(String how) {
    return new StudyRefused(ReasonCode.DAMAGED_PIXEL_DATA, "the pixel data " + how);
  }

  /** Single bits, packed without a gap between frames. */
  private static final class Bits {
    private final InputStream in;
    private final int bits;
    private int kept;
    private int keptBits;

    Bits(InputStream in, int bits) {
      this.in = in;
      this.bits = bits;
    }

    byte[] next() throws IOException {
      byte[] packed = whole(in, (bits - keptBits + Byte.SIZE - 1) / Byte.SIZE);
      byte[] frame = new byte[(bits + Byte.SIZE - 1) / Byte.SIZE];
      int held = kept;
      for (int at = 0; at < frame.length; at++) {
        int next = at < packed.length ? packed[at] & 0xff : 0;
        frame[at] = (byte) (held | next << keptBits);
        held = next >> Byte.SIZE - keptBits;
      }
      keep(frame, packed);
      return frame;
    }

    /** What the last byte holds of the next frame. */
    private void keep(byte[] frame, byte[] packed) {
      int left = keptBits + packed.length * Byte.SIZE - bits;
      kept =
          packed.length == 0
              ? kept >> bits
              : (packed[packed.length - 1] & 0xff) >> Byte.SIZE - left;
      keptBits = left;
      int used = bits % Byte.SIZE;
      frame[frame.length - 1] &= (byte) ((1 << used) - 1);
    }
  }

  /** Fragments put together. */
  private static final class Fragmented {
    private final ElementReader in;
    private final int frames;
    private final boolean oneEach;
    private final int secondByte;
    private final ByteBuffer offsets;
    private Optional<byte[]> ahead;
    private long at;
    private int given;

    Fragmented(ImageHeader image) throws IOException {
      this.in = image.reader();
      this.frames = image.frames();
      Optional<Encoding> encoding = Encoding.of(image.transferSyntax());
      this.oneEach = encoding.filter(known -> known == Encoding.RUN_LENGTH).isPresent();
      boolean jpeg2000 =
          encoding.filter(known -> known == Encoding.JPEG_2000).isPresent()
              || image.transferSyntax().startsWith("1.2.840.10008.1.2.4.20");
      this.secondByte = jpeg2000 ? 0x4f : 0xd8;
      byte[] table = fragment().orElseThrow(() -> damaged("have no fragments"));
      this.offsets = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
      this.ahead = fragment();
    }

    byte[] next() throws IOException {
      var frame = new ByteArrayOutputStream();
      given++;
      boolean more = ahead.isPresent();
      while (more) {
        byte[] taken = ahead.orElseThrow();
        frame.writeBytes(taken);
        at += taken.length + 8L;
        ahead = fragment();
        more = ahead.isPresent() && continues(ahead.orElseThrow());
        if (frame.size() > LARGEST_FRAME) {
          throw damaged("have a frame that is too large");
        }
      }
      if (frame.size() == 0) {
        throw damaged("have fewer fragments than frames");
      }
      return frame.toByteArray();
    }

    private boolean continues(byte[] fragment) {
      if (frames == 1) {
        return true;
      }
      if (offsets.limit() == Integer.BYTES * frames) {
        return given == frames
            || at != Integer.toUnsignedLong(offsets.getInt(Integer.BYTES * given));
      }
      boolean starts =
          fragment.length > 2 && fragment[0] == (byte) 0xff && fragment[1] == (byte) secondByte;
      return !oneEach && !starts;
    }

    private Optional<byte[]> fragment() throws IOException {
      Optional<InputStream> found = in.nextFragment();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      byte[] bytes = found.orElseThrow().readNBytes(LARGEST_FRAME);
      return Optional.of(bytes);
    }
  }
}
