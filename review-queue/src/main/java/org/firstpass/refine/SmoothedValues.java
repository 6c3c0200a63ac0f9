package org.firstpass.refine;

import java.util.Arrays;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/**
 * The values of a crop with their noise taken down, and how much of it is left: binomial weights
 * over three voxels, twice, along the axes whose voxels are not much farther apart than others.
 */
final class SmoothedValues {
  /** Farther neighbours say little of a voxel. */
  private static final double FAR = 2;

  private static final int PASSES = 2;
  private static final int SAMPLE = 1 << 15;

  /** A median absolute difference of neighbours in standard deviations of the values. */
  private static final double OF_MEDIAN = 1.5;

  private final GridSize size;
  private final float[] values;

  private SmoothedValues(GridSize size, float[] values) {
    this.size = size;
    this.values = values;
  }

  static SmoothedValues of(Crop crop) {
    GridSize size = crop.size();
    Spacing spacing = crop.spacing();
    var values = new float[size.voxels()];
    for (int at = 0; at < values.length; at++) {
      values[at] = crop.values()[at];
    }
    double near = FAR * Math.min(spacing.column(), Math.min(spacing.row(), spacing.slice()));
    for (int pass = 0; pass < PASSES; pass++) {
      if (spacing.column() <= near) {
        along(values, 1, size.columns());
      }
      if (spacing.row() <= near) {
        along(values, size.columns(), size.rows());
      }
      if (spacing.slice() <= near) {
        along(values, size.voxelsPerSlice(), size.slices());
      }
    }
    return new SmoothedValues(size, values);
  }

  float at(int index) {
    return values[index];
  }

  /**
   * Half of the neighbours in a row differ by less than it, in standard deviations; of a sample.
   */
  float noise() {
    int stride = 1 + values.length / SAMPLE;
    var differences = new float[values.length / stride + 1];
    int count = 0;
    for (int at = 1; at < values.length; at += stride) {
      if (at % size.columns() != 0) {
        differences[count++] = Math.abs(values[at] - values[at - 1]);
      }
    }
    if (count == 0) {
      return 1;
    }
    Arrays.sort(differences, 0, count);
    return (float) Math.max(1, OF_MEDIAN * differences[count / 2]);
  }

  /** Each line of an axis: those whose voxels are {@code step} apart. */
  private static void along(float[] values, int step, int length) {
    int block = step * length;
    for (int first = 0; first < values.length; first += block) {
      for (int line = first; line < first + step; line++) {
        float before = values[line];
        for (int at = line; at < line + block; at += step) {
          float here = values[at];
          float after = at + step < line + block ? values[at + step] : here;
          values[at] = (before + 2 * here + after) / 4;
          before = here;
        }
      }
    }
  }
}
