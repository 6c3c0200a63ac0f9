package org.firstpass.inference;

/**
 * IEEE 754 binary16 in a short, rounded to the nearest, ties to even; the platform's own conversion
 * came after Java 17.
 */
final class Half {
  /** The largest finite value. */
  static final float LARGEST = 65_504;

  private static final int PATTERNS = 1 << Short.SIZE;
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;
  private static final int NOT_A_NUMBER = 0x7e00;
  private static final float[] VALUES = values();

  private Half() {}

  /** The value of a pattern. */
  static float toFloat(short half) {
    return VALUES[half & 0xffff];
  }

  /** The pattern of the nearest value; beyond {@link #LARGEST} that is infinity. */
  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & SIGN;
    int magnitude = bits & 0x7fff_ffff;
    if (magnitude > 0x7f80_0000) {
      return (short) (sign | NOT_A_NUMBER);
    }
    if (magnitude >= 0x477f_f000) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < 0x3880_0000) {
      // Beside a half the spacing of float32 is that of the smallest values: the sum rounds.
      float rounded = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | Float.floatToRawIntBits(rounded) - Float.floatToRawIntBits(0.5f));
    }
    int even = magnitude + 0xfff + (magnitude >>> 13 & 1);
    return (short) (sign | even - 0x3800_0000 >>> 13);
  }

  /** The nearest value of binary16 to a float64, rounded once. */
  static float rounded(double value) {
    double spacing = Math.scalb(1.0, Math.max(Math.getExponent(value), -14) - 10);
    return (float) (Math.rint(value / spacing) * spacing);
  }

  private static float[] values() {
    var values = new float[PATTERNS];
    for (int pattern = 0; pattern < PATTERNS; pattern++) {
      int exponent = pattern >> 10 & 0x1f;
      int fraction = pattern & 0x3ff;
      float sign = (pattern & SIGN) == 0 ? 1 : -1;
      if (exponent == 0) {
        values[pattern] = sign * fraction * 0x1p-24f;
      } else if (exponent == 0x1f) {
        values[pattern] = fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
      } else {
        values[pattern] = sign * Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
      }
    }
    return values;
  }
}
