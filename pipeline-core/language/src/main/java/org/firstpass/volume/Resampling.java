package org.firstpass.volume;

import org.firstpass.geometry.GridSize;

/**
 * Resizing of arrays along their own axes; border voxels are repeated outwards. It knows no patient
 * space: what does is preparation, in the worker.
 *
 * <p>Arrays have the order slice, row, column. One axis after the other, which for linear
 * interpolation is the same as all at once.
 */
public final class Resampling {
  private Resampling() {}

  /** Trilinear interpolation. */
  public static float[] linear(float[] values, GridSize from, GridSize to, ResamplingRule rule) {
    requireLength(values.length, from);
    float[] byColumn =
        alongAxis(values, from.rows() * from.slices(), from.columns(), 1, to.columns(), rule);
    float[] byRow = alongAxis(byColumn, from.slices(), from.rows(), to.columns(), to.rows(), rule);
    return alongAxis(byRow, 1, from.slices(), to.columns() * to.rows(), to.slices(), rule);
  }

  /** The nearest voxel; from two that are equally near the even index, as NumPy rounds. */
  public static short[] nearest(short[] labels, GridSize from, GridSize to, ResamplingRule rule) {
    requireLength(labels.length, from);
    int[] columns = nearestIndices(from.columns(), to.columns(), rule);
    int[] rows = nearestIndices(from.rows(), to.rows(), rule);
    int[] slices = nearestIndices(from.slices(), to.slices(), rule);
    var result = new short[to.voxels()];
    int at = 0;
    for (int slice : slices) {
      for (int row : rows) {
        int line = from.index(0, row, slice);
        for (int column : columns) {
          result[at++] = labels[line + column];
        }
      }
    }
    return result;
  }

  private static float[] alongAxis(
      float[] values, int outer, int from, int inner, int to, ResamplingRule rule) {
    if (from == to) {
      return values;
    }
    var result = new float[outer * to * inner];
    for (int index = 0; index < to; index++) {
      double position = clamp(rule.position(index, from, to), from - 1);
      int low = (int) position;
      int high = Math.min(low + 1, from - 1);
      float weight = (float) (position - low);
      for (int block = 0; block < outer; block++) {
        int lowAt = (block * from + low) * inner;
        int highAt = (block * from + high) * inner;
        int target = (block * to + index) * inner;
        for (int i = 0; i < inner; i++) {
          float value = values[lowAt + i];
          result[target + i] = value + weight * (values[highAt + i] - value);
        }
      }
    }
    return result;
  }

  private static int[] nearestIndices(int from, int to, ResamplingRule rule) {
    var indices = new int[to];
    for (int index = 0; index < to; index++) {
      indices[index] = (int) clamp(Math.rint(rule.position(index, from, to)), from - 1);
    }
    return indices;
  }

  private static double clamp(double position, int last) {
    return Math.max(0, Math.min(last, position));
  }

  private static void requireLength(int length, GridSize size) {
    if (length != size.voxels()) {
      throw new IllegalArgumentException(
          "a grid of " + size + " has " + size.voxels() + " values, but got " + length);
    }
  }
}
