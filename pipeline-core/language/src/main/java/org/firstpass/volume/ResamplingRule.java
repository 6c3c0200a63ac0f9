package org.firstpass.volume;

/**
 * Which input position an output index of a resized axis has, in voxels of the input.
 *
 * <p>The step is rounded before it is multiplied, as in NumPy, scipy and torch: where a position
 * lies exactly between two voxels, the last bit decides which of them is the nearest.
 */
public enum ResamplingRule {
  /** The outer edges of the first and last voxels coincide: torch's {@code align_corners=False}. */
  HALF_VOXEL {
    @Override
    double position(int index, int from, int to) {
      return (double) from / to * (index + 0.5) - 0.5;
    }
  },
  /**
   * The centres of the first and of the last voxels coincide: torch's {@code align_corners=True}.
   */
  CORNERS {
    @Override
    double position(int index, int from, int to) {
      return to == 1 ? 0 : (from - 1.0) / (to - 1) * index;
    }
  },
  /** The centres of the first voxels coincide, steps are {@code from / to}. */
  FIRST_VOXEL {
    @Override
    double position(int index, int from, int to) {
      return (double) from / to * index;
    }
  };

  abstract double position(int index, int from, int to);

  /** The input positions of all output indices. */
  double[] positions(int from, int to) {
    var positions = new double[to];
    for (int index = 0; index < to; index++) {
      positions[index] = position(index, from, to);
    }
    return positions;
  }
}
