package org.firstpass.proposal;

/**
 * The exponential function from {@link #LOWEST} to 0, right to seven digits: a table, and the first
 * terms of the series for what lies between its entries. A large CT asks for billions of values,
 * and a doubt is told to one part in 255.
 */
final class Exponential {
  /** Below it is less than 1.2e-7. */
  static final int LOWEST = -16;

  private static final int STEPS = 256;
  private static final float[] TABLE = new float[-LOWEST * STEPS + 1];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = (float) Math.exp(-(double) i / STEPS);
    }
  }

  private Exponential() {}

  /**
   * @param x from {@link #LOWEST} to 0
   */
  static float of(float x) {
    float steps = -x * STEPS;
    int entry = (int) steps;
    float rest = (entry - steps) / STEPS;
    return TABLE[entry] * (1 + rest * (1 + 0.5f * rest));
  }
}
