package org.firstpass.prepare;

import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.VoxelPosition;
import org.jspecify.annotations.Nullable;

/** Interpolation and choice as the textbook has them, voxel by voxel and in double precision. */
final class Oracle {
  private Oracle() {}

  /**
   * The class with the largest interpolated value, 0 outside the grid.
   *
   * @return null if two are nearer than a tie, or if the place is at the very border of the grid
   */
  static @Nullable Integer choice(float[][] channels, GridSize size, VoxelPosition at, double tie) {
    Boolean inside = inside(size, at, 1e-5);
    if (inside == null) {
      return null;
    }
    if (!inside) {
      return 0;
    }
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (int channel = 0; channel < channels.length; channel++) {
      double value = value(channels[channel], size, at);
      if (value > largest) {
        second = largest;
        largest = value;
        best = channel;
      } else {
        second = Math.max(second, value);
      }
    }
    return largest - second < tie ? null : best;
  }

  /** Trilinear, the border repeated. */
  static double value(float[] values, GridSize size, VoxelPosition at) {
    double c = Math.max(0, Math.min(size.columns() - 1, at.column()));
    double r = Math.max(0, Math.min(size.rows() - 1, at.row()));
    double s = Math.max(0, Math.min(size.slices() - 1, at.slice()));
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      int column = Math.min(size.columns() - 1, (int) c + (corner & 1));
      int row = Math.min(size.rows() - 1, (int) r + (corner >> 1 & 1));
      int slice = Math.min(size.slices() - 1, (int) s + (corner >> 2));
      double weight =
          share(c - (int) c, corner & 1)
              * share(r - (int) r, corner >> 1 & 1)
              * share(s - (int) s, corner >> 2);
      sum += weight * values[size.index(column, row, slice)];
    }
    return sum;
  }

  private static double share(double part, int upper) {
    return upper == 1 ? part : 1 - part;
  }

  private static @Nullable Boolean inside(GridSize size, VoxelPosition at, double border) {
    double out =
        Math.max(
            out(at.column(), size.columns()),
            Math.max(out(at.row(), size.rows()), out(at.slice(), size.slices())));
    return Math.abs(out) < border ? null : (Boolean) (out < 0);
  }

  /** How far beyond half a voxel outside; negative within. */
  private static double out(double index, int count) {
    return Math.max(-0.5 - index, index - (count - 0.5));
  }
}
