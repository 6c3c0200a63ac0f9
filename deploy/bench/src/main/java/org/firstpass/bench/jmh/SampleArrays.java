package org.firstpass.bench.jmh;

import java.util.SplittableRandom;
import org.firstpass.geometry.GridSize;

/** Arrays like those of a pipeline, from a fixed seed. */
public final class SampleArrays {
  /** Ten million voxels, and a grid of as many with other spacings. */
  public static final GridSize TEN_MILLION = new GridSize(256, 256, 153);

  public static final GridSize TEN_MILLION_RESIZED = new GridSize(230, 230, 190);

  /** The label map of a long CT. */
  public static final GridSize LARGE = new GridSize(512, 512, 300);

  private static final int LARGEST_CRUMB = 4;

  private SampleArrays() {}

  /** Tissue-like values: a smooth field with noise. */
  public static float[] values(GridSize size) {
    var random = new SplittableRandom(11);
    var values = new float[size.voxels()];
    int at = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          double smooth = Math.sin(column * .05) * Math.sin(row * .04) * Math.sin(slice * .06);
          values[at++] = (float) (400 * smooth + 40 * random.nextDouble());
        }
      }
    }
    return values;
  }

  /**
   * A label map as a network leaves it: label 1 is an eighth of the grid with a rough surface, and
   * as many crumbs as are asked for, half of them holes; label 2 is a smaller organ.
   */
  public static short[] labels(GridSize size, int crumbs) {
    var labels = new short[size.voxels()];
    int at = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      double z = (slice + .5) / size.slices() - .5;
      for (int row = 0; row < size.rows(); row++) {
        double y = (row + .5) / size.rows() - .5;
        for (int column = 0; column < size.columns(); column++) {
          double x = (column + .5) / size.columns() - .5;
          double rough = .06 * Math.sin(column * .3) * Math.sin(row * .25) * Math.sin(slice * .2);
          boolean large = square(x / .3) + square(y / .25) + square(z / .4) + rough < 1;
          boolean small = square((x + .4) / .08) + square(y / .12) + square(z / .17) < 1;
          labels[at++] = (short) (large ? 1 : small ? 2 : 0);
        }
      }
    }
    var random = new SplittableRandom(3);
    for (int crumb = 0; crumb < crumbs; crumb++) {
      scatter(labels, size, random);
    }
    return labels;
  }

  private static void scatter(short[] labels, GridSize size, SplittableRandom random) {
    int width = 1 + random.nextInt(LARGEST_CRUMB);
    int firstColumn = random.nextInt(size.columns() - width);
    int firstRow = random.nextInt(size.rows() - width);
    int firstSlice = random.nextInt(size.slices() - width);
    short label = (short) random.nextInt(2);
    for (int slice = firstSlice; slice < firstSlice + width; slice++) {
      for (int row = firstRow; row < firstRow + width; row++) {
        for (int column = firstColumn; column < firstColumn + width; column++) {
          if (random.nextInt(4) > 0) {
            labels[size.index(column, row, slice)] = label;
          }
        }
      }
    }
  }

  private static double square(double value) {
    return value * value;
  }
}
