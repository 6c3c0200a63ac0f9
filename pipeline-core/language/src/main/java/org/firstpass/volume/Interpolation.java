package org.firstpass.volume;

/** How values between voxels are found. */
public enum Interpolation {
  /** The nearest voxel; of two that are equally near the one with the larger index, as in scipy. */
  NEAREST {
    @Override
    AxisKernel kernel(int from, int to, ResamplingRule rule) {
      return new NearestKernel(from, to, rule);
    }
  },
  /** Order 1: between the two neighbours. */
  LINEAR {
    @Override
    AxisKernel kernel(int from, int to, ResamplingRule rule) {
      return new LinearKernel(from, to, rule);
    }
  },
  /** Order 3: the cubic B-spline through all values. It overshoots at edges. */
  CUBIC {
    @Override
    AxisKernel kernel(int from, int to, ResamplingRule rule) {
      return new CubicKernel(from, to, rule);
    }
  };

  abstract AxisKernel kernel(int from, int to, ResamplingRule rule);
}
