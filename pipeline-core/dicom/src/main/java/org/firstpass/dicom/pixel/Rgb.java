package org.firstpass.dicom.pixel;

/**
 * Colour frames as red, green and blue of each pixel, side by side.
 *
 * @see "PS3.3 C.7.6.3.1.2"
 */
public final class Rgb {
  /** Bytes of a pixel. */
  public static final int SAMPLES = 3;

  private Rgb() {}

  /**
   * A frame.
   *
   * @param cells as {@link FrameCells#decode} gives them, or uncompressed as they are stored
   */
  public static byte[] of(PixelFormat format, Encoding encoding, byte[] cells) {
    boolean decoded = encoding.encapsulated();
    // The codecs have turned every colour into RGB, the samples of a pixel side by side.
    boolean isRgb =
        decoded && encoding != Encoding.RUN_LENGTH || format.photometric() == Photometric.RGB;
    int pixels = format.pixels();
    boolean planar = format.planar() && !decoded;
    boolean halved = format.photometric() == Photometric.YBR_FULL_422 && !decoded;
    byte[] rgb = new byte[SAMPLES * pixels];
    for (int i = 0; i < pixels; i++) {
      int pair = i / 2 * 4;
      byte first = halved ? cells[pair + i % 2] : cells[planar ? i : 3 * i];
      byte second = halved ? cells[pair + 2] : cells[planar ? pixels + i : 3 * i + 1];
      byte third = halved ? cells[pair + 3] : cells[planar ? 2 * pixels + i : 3 * i + 2];
      if (isRgb) {
        rgb[3 * i] = first;
        rgb[3 * i + 1] = second;
        rgb[3 * i + 2] = third;
      } else {
        put(rgb, 3 * i, first & 0xff, (second & 0xff) - 128, (third & 0xff) - 128);
      }
    }
    return rgb;
  }

  /** YBR_FULL, with the colour differences around 0. */
  private static void put(byte[] rgb, int at, int y, int blue, int red) {
    rgb[at] = clipped(y + 1.402 * red);
    rgb[at + 1] = clipped(y - 0.344136 * blue - 0.714136 * red);
    rgb[at + 2] = clipped(y + 1.772 * blue);
  }

  private static byte clipped(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
