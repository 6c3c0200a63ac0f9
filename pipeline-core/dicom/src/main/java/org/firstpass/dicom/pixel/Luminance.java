package org.firstpass.dicom.pixel;

/**
 * Colour frames as their luminance, the Y of ITU-R BT.601, 0 to 255.
 *
 * @see "PS3.3 C.7.6.3.1.2"
 */
final class Luminance {
  private static final int RED = 19595;
  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int FRACTION_BITS = 16;

  private Luminance() {}

  static int ofRgb(int red, int green, int blue) {
    int half = 1 << FRACTION_BITS - 1;
    return RED * red + GREEN * green + BLUE * blue + half >> FRACTION_BITS;
  }

  /** Of a frame as it lies in uncompressed pixel data. */
  static void ofUncompressed(PixelData data, byte[] frame, int[] stored) {
    boolean planar = data.format().planar();
    int pixels = stored.length;
    switch (data.format().photometric()) {
      case RGB -> {
        int pixelStep = planar ? 1 : 3;
        int sampleStep = planar ? pixels : 1;
        for (int i = 0; i < pixels; i++) {
          int at = i * pixelStep;
          stored[i] =
              ofRgb(
                  frame[at] & 0xff,
                  frame[at + sampleStep] & 0xff,
                  frame[at + 2 * sampleStep] & 0xff);
        }
      }
      case YBR_FULL -> {
        for (int i = 0; i < pixels; i++) {
          stored[i] = frame[planar ? i : 3 * i] & 0xff;
        }
      }
      case YBR_FULL_422 -> {
        // Two pixels are Y Y Cb Cr.
        for (int i = 0; i < pixels; i++) {
          stored[i] = frame[i / 2 * 4 + i % 2] & 0xff;
        }
      }
      default -> throw data.unsupported(data.format().photometric() + " uncompressed");
    }
  }

  /** Of the three channels, one after the other. */
  static void ofPlanes(PixelData data, byte[][] planes, int[] stored) {
    switch (data.format().photometric()) {
      case RGB -> {
        for (int i = 0; i < stored.length; i++) {
          stored[i] = ofRgb(planes[0][i] & 0xff, planes[1][i] & 0xff, planes[2][i] & 0xff);
        }
      }
      case YBR_FULL -> {
        for (int i = 0; i < stored.length; i++) {
          stored[i] = planes[0][i] & 0xff;
        }
      }
      default -> throw data.unsupported(data.format().photometric() + " in run lengths");
    }
  }
}
