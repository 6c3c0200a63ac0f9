package org.firstpass.phantom;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;

/**
 * What the scanner adds to a slice: tissue texture, and noise that is correlated in the plane,
 * grows with thinner slices and towards the middle of the body.
 */
final class ScanNoise {
  private static final double REFERENCE_VOXEL_MM3 = 1.5 * 1.5 * 3;

  /** Standard deviation of white noise after the 1-2-1 filter in two directions. */
  private static final float FILTERED = 0.375f;

  private final long seed;
  private final double sigma;
  private final LatticeNoise coarse;
  private final LatticeNoise fine;

  ScanNoise(long seed, double difficulty, Spacing spacing) {
    var draw = new Draw(seed, "noise");
    double voxel = spacing.column() * spacing.row() * spacing.slice();
    double thin = StrictMath.pow(REFERENCE_VOXEL_MM3 / voxel, 0.3);
    this.sigma = (draw.between(7, 14) + 24 * difficulty) * Math.min(Math.max(thin, 0.4), 1.8);
    this.seed = draw.next();
    this.coarse = new LatticeNoise(draw.next(), 11);
    this.fine = new LatticeNoise(draw.next(), 4.5);
  }

  void add(int slice, GridGeometry grid, Vector3 offset, Shape body, Painter painted) {
    int columns = grid.size().columns();
    int rows = grid.size().rows();
    float[] grain = grain(slice, columns, rows);
    Vector3 step = grid.axes().column().times(grid.spacing().column());
    for (int row = 0; row < rows; row++) {
      Vector3 start = grid.toPatient(0, row, slice).minus(offset);
      for (int column = 0; column < columns; column++) {
        int at = row * columns + column;
        double x = start.x() + column * step.x();
        double y = start.y() + column * step.y();
        double z = start.z() + column * step.z();
        float texture = painted.textures[at];
        if (texture > 0) {
          painted.values[at] += (float) (texture * (coarse.at(x, y, z) + fine.at(x, y, z)));
        }
        double depth = -body.distance(x, y, z);
        double here = Math.min(Math.max(0.45 + depth * 0.006, 0.3), 1.1);
        painted.values[at] += (float) (here * sigma) * grain[at];
      }
    }
  }

  /** Correlated noise of standard deviation 1. */
  private float[] grain(int slice, int columns, int rows) {
    var draw = new Draw(seed, "slice " + slice);
    var white = new float[columns * rows];
    for (int i = 0; i < white.length; i++) {
      white[i] = nearlyNormal(draw.next());
    }
    var across = new float[white.length];
    for (int i = 0; i < white.length; i++) {
      float left = white[Math.max(i - 1, 0)];
      float right = white[Math.min(i + 1, white.length - 1)];
      across[i] = (left + 2 * white[i] + right) * 0.25f;
    }
    for (int i = 0; i < white.length; i++) {
      float above = across[Math.max(i - columns, 0)];
      float below = across[Math.min(i + columns, white.length - 1)];
      white[i] = (above + 2 * across[i] + below) * (0.25f / FILTERED);
    }
    return white;
  }

  /** The sum of four 16-bit uniform numbers, scaled to a standard deviation of 1. */
  private static float nearlyNormal(long bits) {
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum - 131070) * (1 / 37837f);
  }
}
