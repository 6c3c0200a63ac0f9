package org.firstpass.dicom.pixel;

/**
 * A compressed frame as the bytes that it would have if it were not: cells in little endian, the
 * samples of a colour pixel side by side.
 *
 * <p>What the codecs of JPEG, JPEG-LS and JPEG 2000 give of a colour frame is RGB; run lengths keep
 * their colour space.
 *
 * @see "PS3.5 section 8.1.1"
 */
public final class FrameCells {
  private FrameCells() {}

  /**
   * Decodes one frame.
   *
   * @throws org.firstpass.failure.StudyRefused DAMAGED_PIXEL_DATA, UNSUPPORTED_PIXEL_FORMAT or
   *     UNSUPPORTED_TRANSFER_SYNTAX
   */
  public static byte[] decode(PixelData data, byte[] frame) {
    PixelFormat format = data.format();
    if (format.samples() == 1) {
      return grey(data, frame);
    }
    if (data.encoding() == Encoding.RUN_LENGTH) {
      var decoder = new RunLengthDecoder(data, frame);
      byte[] cells = new byte[format.samples() * format.pixels()];
      decoder.decodeColour(cells);
      return cells;
    }
    var codestream = new Codestream(data, frame);
    byte[] cells = new byte[format.samples() * format.pixels()];
    codestream.decodeColour(cells);
    return cells;
  }

  /** The stored values of a compressed frame, in luminance if it is in colour. */
  static int[] stored(PixelData data, byte[] frame) {
    if (data.encoding() == Encoding.RUN_LENGTH) {
      var decoder = new RunLengthDecoder(data, frame);
      int[] stored = new int[data.format().pixels()];
      decoder.decode(stored);
      return stored;
    }
    var codestream = new Codestream(data, frame);
    int[] stored = new int[data.format().pixels()];
    codestream.decode(stored);
    return stored;
  }

  /**
   * The stored values of an uncompressed frame with one sample per pixel.
   *
   * @param cells in little endian; single bits from the lowest bit of the first byte on
   */
  public static int[] stored(PixelFormat format, byte[] cells) {
    SampleFormat sample = format.sample();
    int[] stored = new int[format.pixels()];
    int bytes = sample.bitsAllocated() / Byte.SIZE;
    for (int i = 0; i < stored.length; i++) {
      int cell = bytes == 0 ? cells[i / Byte.SIZE] >> i % Byte.SIZE & 1 : 0;
      for (int part = 0; part < bytes; part++) {
        cell |= (cells[i * bytes + part] & 0xff) << Byte.SIZE * part;
      }
      stored[i] = sample.storedValue(cell);
    }
    return stored;
  }

  private static byte[] grey(PixelData data, byte[] frame) {
    PixelFormat format = data.format();
    PixelData plain = data;
    if (!format.photometric().isGrey()) {
      // Indices of a palette are decoded like grey.
      var asGrey =
          new PixelFormat(
              format.rows(), format.columns(), format.sample(), Photometric.MONOCHROME2, false);
      plain = new PixelData(asGrey, data.frames(), data.encoding(), data.owner());
    }
    return pack(stored(plain, frame), format.sample().bitsAllocated() / Byte.SIZE);
  }

  private static byte[] pack(int[] stored, int bytesPerCell) {
    byte[] cells = new byte[stored.length * bytesPerCell];
    for (int i = 0; i < stored.length; i++) {
      for (int part = 0; part < bytesPerCell; part++) {
        cells[i * bytesPerCell + part] = (byte) (stored[i] >> Byte.SIZE * part);
      }
    }
    return cells;
  }
}
