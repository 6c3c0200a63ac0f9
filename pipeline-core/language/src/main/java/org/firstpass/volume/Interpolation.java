package org.firstpass.volume;

/** How values between voxels are found. */
public enum Interpolation {
  /** The nearest voxel; of two that are equally near the one with the larger index, as in scipy. */
  NEAREST {
    @Override
    AxisKernel kernel(int from, double[] positions) {
      return new NearestKernel(from, positions);
    }
  },
  /** Order 1: between the two neighbours. */
  LINEAR {
    @Override
    AxisKernel kernel(int from, double[] positions) {
      return new LinearKernel(from, positions);
    }
  },
  /** Order 3: the cubic B-spline through all values. It overshoots at edges. */
  CUBIC {
    @Override
    AxisKernel kernel(int from, double[] positions) {
      return new CubicKernel(from, positions);
    }
  };

  /**
   * How lines are made.
   *
   * @param from how many lines there are
   * @param positions where, among them, each line that is made lies
   */
  abstract AxisKernel kernel(int from, double[] positions);
}
