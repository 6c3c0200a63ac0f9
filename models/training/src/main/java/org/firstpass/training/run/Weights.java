package org.firstpass.training.run;

/** The trained weights of a network and the two moments of their gradients that Adam keeps. */
final class Weights {
  private final float[] values;
  private final float[] first;
  private final float[] second;

  /** The arrays are taken over, not copied. */
  Weights(float[] values, float[] first, float[] second) {
    this.values = values;
    this.first = first;
    this.second = second;
  }

  static Weights initial(float[] values) {
    return new Weights(values, new float[values.length], new float[values.length]);
  }

  float[] values() {
    return values;
  }

  float[] first() {
    return first;
  }

  float[] second() {
    return second;
  }
}
