package org.firstpass.volume;

import org.firstpass.geometry.GridSize;

/**
 * The cubic B-spline through all values of an array, the border being repeated outwards without
 * end: for places that do not lie along the axes of a grid. Immutable; safe to share between
 * threads.
 */
public final class CubicSpline {
  /** Coefficients that are kept beyond the border. */
  private static final int MARGIN = 2;

  private static final int TAPS = 4;

  private final GridSize size;
  private final GridSize padded;
  private final float[] coefficients;

  private CubicSpline(GridSize size, GridSize padded, float[] coefficients) {
    this.size = size;
    this.padded = padded;
    this.coefficients = coefficients;
  }

  /** The spline through values in the order slice, row, column; the array is not kept. */
  public static CubicSpline through(float[] values, GridSize size) {
    if (values.length != size.voxels()) {
      throw new IllegalArgumentException(
          "a grid of " + size + " has " + size.voxels() + " values, but got " + values.length);
    }
    float[] coefficients = values;
    GridSize padded = size;
    for (GridAxis axis : GridAxis.values()) {
      int length = axis.length(size);
      var kernel = new CoefficientKernel(length);
      coefficients = AxisPass.run(axis, padded, length + 2 * MARGIN, kernel, coefficients);
      padded = axis.resized(padded, length + 2 * MARGIN);
    }
    return new CubicSpline(size, padded, coefficients);
  }

  /** The value at a position in voxels; the position may lie outside. */
  public float at(double column, double row, double slice) {
    double c = CubicKernel.within(column, size.columns());
    double r = CubicKernel.within(row, size.rows());
    double s = CubicKernel.within(slice, size.slices());
    int at =
        padded.index(
            (int) Math.floor(c) + MARGIN - 1,
            (int) Math.floor(r) + MARGIN - 1,
            (int) Math.floor(s) + MARGIN - 1);
    double columnPart = c - Math.floor(c);
    double rowPart = r - Math.floor(r);
    double slicePart = s - Math.floor(s);
    double sum = 0;
    for (int k = 0; k < TAPS; k++) {
      double plane = 0;
      for (int j = 0; j < TAPS; j++) {
        int line = at + k * padded.voxelsPerSlice() + j * padded.columns();
        double inLine = 0;
        for (int i = 0; i < TAPS; i++) {
          inLine += CubicKernel.weight(i, columnPart) * coefficients[line + i];
        }
        plane += CubicKernel.weight(j, rowPart) * inLine;
      }
      sum += CubicKernel.weight(k, slicePart) * plane;
    }
    return (float) sum;
  }

  /** Hands the coefficients on, those of the margin too. */
  private static final class CoefficientKernel implements AxisKernel {
    private final CubicKernel cubic;

    CoefficientKernel(int length) {
      this.cubic = new CubicKernel(length, new double[0]);
    }

    @Override
    public int margin() {
      return MARGIN;
    }

    @Override
    public void prepare(float[][] lines, int width) {
      cubic.prepare(lines, width);
    }

    @Override
    public void make(int index, float[][] lines, float[] target, int width) {
      System.arraycopy(lines[index], 0, target, 0, width);
    }
  }
}
