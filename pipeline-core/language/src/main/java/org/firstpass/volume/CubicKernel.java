package org.firstpass.volume;

/**
 * Interpolation by the cubic B-spline that goes through all values, the border line being repeated
 * outwards without end.
 *
 * <p>scipy's mode {@code nearest} repeats the border 12 times and then mirrors; what is 12 voxels
 * away weighs 1e-7, so both are the same in single precision.
 *
 * @see "M. Unser, Splines: a perfect fit for signal and image processing, 1999, box 2"
 */
final class CubicKernel implements AxisKernel {
  private static final float POLE = (float) (Math.sqrt(3) - 2);
  private static final float GAIN = 6;

  /** Positions lie less than one voxel outside, and two coefficients beyond are used. */
  private static final int MARGIN = 2;

  private static final int TAPS = 4;

  /** Keeps positions below the line after the last, whose value is that of the last again. */
  private static final double BEYOND = 1e-9;

  private final int[] first;
  private final float[] weights;

  CubicKernel(int from, double[] positions) {
    int to = positions.length;
    first = new int[to];
    weights = new float[TAPS * to];
    for (int index = 0; index < to; index++) {
      double position = within(positions[index], from);
      double floor = Math.floor(position);
      first[index] = (int) floor - 1 + MARGIN;
      for (int tap = 0; tap < TAPS; tap++) {
        weights[TAPS * index + tap] = (float) weight(tap, position - floor);
      }
    }
  }

  /** A position, or if it lies further out one whose value is that of the border. */
  static double within(double position, int count) {
    return Math.max(-1, Math.min(count - BEYOND, position));
  }

  /**
   * How much a coefficient counts.
   *
   * @param tap 0 to 3: of the coefficients about a position, from the second before it on
   * @param t how far the position is beyond the second of them, 0 to 1
   */
  static double weight(int tap, double t) {
    double u = 1 - t;
    return switch (tap) {
      case 0 -> u * u * u / 6;
      case 1 -> (4 - 6 * t * t + 3 * t * t * t) / 6;
      case 2 -> (4 - 6 * u * u + 3 * u * u * u) / 6;
      default -> t * t * t / 6;
    };
  }

  @Override
  public int margin() {
    return MARGIN;
  }

  /** Turns values into spline coefficients. */
  @Override
  public void prepare(float[][] lines, int width) {
    int last = lines.length - 1;
    System.arraycopy(lines[MARGIN], 0, lines[0], 0, width);
    System.arraycopy(lines[MARGIN], 0, lines[1], 0, width);
    System.arraycopy(lines[last - MARGIN], 0, lines[last - 1], 0, width);
    System.arraycopy(lines[last - MARGIN], 0, lines[last], 0, width);
    float[] border = lines[last].clone();
    scale(lines[0], GAIN / (1 - POLE), width);
    for (int line = 1; line <= last; line++) {
      forwards(lines[line - 1], lines[line], width);
    }
    turn(border, lines[last], width);
    for (int line = last - 1; line >= 0; line--) {
      backwards(lines[line + 1], lines[line], width);
    }
  }

  private static void scale(float[] line, float factor, int width) {
    for (int i = 0; i < width; i++) {
      line[i] *= factor;
    }
  }

  private static void forwards(float[] before, float[] line, int width) {
    for (int i = 0; i < width; i++) {
      line[i] = GAIN * line[i] + POLE * before[i];
    }
  }

  /** The last coefficient: the sum over the border value without end. */
  private static void turn(float[] border, float[] line, int width) {
    float steady = GAIN / (1 - POLE);
    float ofSteady = -POLE / (1 - POLE) + POLE / (1 - POLE * POLE);
    float ofLine = -POLE / (1 - POLE * POLE);
    for (int i = 0; i < width; i++) {
      line[i] = ofSteady * steady * border[i] + ofLine * line[i];
    }
  }

  private static void backwards(float[] after, float[] line, int width) {
    for (int i = 0; i < width; i++) {
      line[i] = POLE * (after[i] - line[i]);
    }
  }

  @Override
  public void make(int index, float[][] lines, float[] target, int width) {
    int at = first[index];
    float[] a = lines[at];
    float[] b = lines[at + 1];
    float[] c = lines[at + 2];
    float[] d = lines[at + 3];
    float ofA = weights[TAPS * index];
    float ofB = weights[TAPS * index + 1];
    float ofC = weights[TAPS * index + 2];
    float ofD = weights[TAPS * index + 3];
    for (int i = 0; i < width; i++) {
      target[i] = ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
    }
  }
}
