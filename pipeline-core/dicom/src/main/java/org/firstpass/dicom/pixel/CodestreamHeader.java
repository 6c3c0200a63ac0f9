package org.firstpass.dicom.pixel;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * What a codestream says of itself before it is decoded, and that it is whole.
 *
 * <p>The native codecs fill what is missing of a cut codestream with grey and do not say so, so the
 * end is looked for here: the end marker for JPEG and JPEG-LS, the tile parts' lengths for JPEG
 * 2000.
 *
 * @see "ISO/IEC 10918-1 annex B, 14495-1 annex C, 15444-1 annex A"
 */
record CodestreamHeader(int rows, int columns, int samples, int precision) {
  private static final int START_OF_IMAGE = 0xffd8;
  private static final int END_OF_IMAGE = 0xffd9;
  private static final int START_OF_CODESTREAM = 0xff4f;
  private static final int IMAGE_SIZE = 0xff51;
  private static final int START_OF_TILE_PART = 0xff90;
  private static final int MAX_TILES = 65535;
  private static final int START_OF_SCAN = 0xffda;
  private static final int JPEG_LS_FRAME = 0xfff7;

  static CodestreamHeader of(PixelData data, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (data.encoding() == Encoding.JPEG_2000) {
        return jpeg2000(data, in);
      }
      CodestreamHeader header = jpeg(data, in);
      requireEndMarker(data, bytes);
      return header;
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
      throw data.damaged("have a codestream whose header is damaged", e);
    }
  }

  void requireMatch(PixelData data) {
    PixelFormat format = data.format();
    if (rows != format.rows() || columns != format.columns() || samples != format.samples()) {
      throw data.damaged(
          String.format(
              "must be %d x %d pixels of %d samples, but the codestream is %d x %d of %d",
              format.columns(), format.rows(), format.samples(), columns, rows, samples));
    }
    if (precision > format.sample().bitsAllocated()) {
      throw data.damaged(
          String.format(
              "must have %d bits, of which %d are stored, but the codestream has %d",
              format.sample().bitsAllocated(), format.sample().bitsStored(), precision));
    }
  }

  private static CodestreamHeader jpeg(PixelData data, ByteBuffer in) {
    if (marker(in) != START_OF_IMAGE) {
      throw data.damaged("have a codestream that is not " + data.encoding());
    }
    while (true) {
      int marker = marker(in);
      if (isFrame(marker)) {
        in.getShort();
        int precision = in.get() & 0xff;
        int rows = in.getShort() & 0xffff;
        int columns = in.getShort() & 0xffff;
        return new CodestreamHeader(rows, columns, in.get() & 0xff, precision);
      }
      if (marker >>> Byte.SIZE != 0xff || marker == START_OF_SCAN) {
        throw data.damaged("have a codestream without a frame header");
      }
      skipSegment(in);
    }
  }

  /** A frame header of JPEG (all but DHT, JPG and DAC, which share the range) or of JPEG-LS. */
  private static boolean isFrame(int marker) {
    boolean range = marker >= 0xffc0 && marker <= 0xffcf;
    return marker == JPEG_LS_FRAME
        || range && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc;
  }

  private static void requireEndMarker(PixelData data, byte[] bytes) {
    // One padding byte follows an odd codestream; some encoders pad more.
    int last = bytes.length - 1;
    while (last > 0 && bytes[last] == 0) {
      last--;
    }
    boolean ended =
        last > 0 && ((bytes[last - 1] & 0xff) << Byte.SIZE | bytes[last] & 0xff) == END_OF_IMAGE;
    if (!ended) {
      throw data.damaged("have a codestream without an end: it was cut");
    }
  }

  private static CodestreamHeader jpeg2000(PixelData data, ByteBuffer in) {
    if (marker(in) != START_OF_CODESTREAM || marker(in) != IMAGE_SIZE) {
      throw data.damaged("have a codestream that is not JPEG_2000");
    }
    int segment = in.position();
    int length = in.getShort() & 0xffff;
    in.getShort();
    int right = in.getInt();
    int bottom = in.getInt();
    int left = in.getInt();
    int top = in.getInt();
    int tileColumns = tiles(right, in.getInt(), in.getInt(in.position() + Integer.BYTES));
    int tileRows = tiles(bottom, in.getInt(), in.getInt(in.position() + Integer.BYTES));
    in.position(in.position() + 2 * Integer.BYTES);
    int samples = in.getShort() & 0xffff;
    int precision = (in.get() & 0x7f) + 1;
    in.position(segment + length);
    requireWholeTiles(data, in, Math.multiplyExact(tileColumns, tileRows));
    return new CodestreamHeader(bottom - top, right - left, samples, precision);
  }

  private static int tiles(int end, int tileSize, int tileOffset) {
    long tiles = tileSize < 1 ? 0 : ((long) end - tileOffset + tileSize - 1) / tileSize;
    if (tiles < 1 || tiles > MAX_TILES) {
      throw new IllegalArgumentException("a codestream of " + tiles + " tiles along one side");
    }
    return (int) tiles;
  }

  /** Every tile is there, and each of its parts is as long as it says. */
  private static void requireWholeTiles(PixelData data, ByteBuffer in, int tiles) {
    int marker = marker(in);
    while (marker != START_OF_TILE_PART) {
      skipSegment(in);
      marker = marker(in);
    }
    var seen = new BitSet(tiles);
    while (marker == START_OF_TILE_PART) {
      int start = in.position() - Short.BYTES;
      in.getShort();
      seen.set(in.getShort() & 0xffff);
      long length = Integer.toUnsignedLong(in.getInt());
      if (length == 0) {
        requireEndMarker(data, in.array());
        break;
      }
      if (start + length > in.limit()) {
        throw data.damaged("have a codestream that was cut within a tile");
      }
      in.position((int) (start + length));
      marker = in.remaining() >= Short.BYTES ? marker(in) : 0;
    }
    if (seen.cardinality() != tiles) {
      throw data.damaged(
          "have a codestream of " + tiles + " tiles with " + seen.cardinality() + " in it");
    }
  }

  private static int marker(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  private static void skipSegment(ByteBuffer in) {
    int start = in.position();
    in.position(start + (in.getShort() & 0xffff));
  }
}
