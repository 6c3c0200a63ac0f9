package org.firstpass.volume;

/** Which input position an output index of a resized axis has, in voxels of the input. */
public enum ResamplingRule {
  /** The outer edges of the first and last voxels coincide: torch's {@code align_corners=False}. */
  HALF_VOXEL {
    @Override
    double position(int index, int from, int to) {
      return (index + 0.5) * from / to - 0.5;
    }
  },
  /**
   * The centres of the first and of the last voxels coincide: torch's {@code align_corners=True}.
   */
  CORNERS {
    @Override
    double position(int index, int from, int to) {
      return to == 1 ? 0 : (double) index * (from - 1) / (to - 1);
    }
  },
  /** The centres of the first voxels coincide, steps are {@code from / to}. */
  FIRST_VOXEL {
    @Override
    double position(int index, int from, int to) {
      return (double) index * from / to;
    }
  };

  abstract double position(int index, int from, int to);
}
