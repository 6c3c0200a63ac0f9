package org.firstpass.inference;

import java.util.Arrays;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.model.WindowSpec.Sliding;

/** How much each voxel of a window counts, order D, H, W, float32, as MONAI computes it. */
final class ImportanceMap {
  private static final float SMALLEST = 1e-3f;

  private ImportanceMap() {}

  static float[] of(GridSize window, Sliding spec) {
    var map = new float[window.voxels()];
    if (spec.blending() == Blending.CONSTANT) {
      Arrays.fill(map, 1);
      return map;
    }
    float[] slices = gaussian(window.slices(), spec.effectiveSigmaScale());
    float[] rows = gaussian(window.rows(), spec.effectiveSigmaScale());
    float[] columns = gaussian(window.columns(), spec.effectiveSigmaScale());
    float smallest = Float.MAX_VALUE;
    int at = 0;
    for (float slice : slices) {
      for (float row : rows) {
        for (float column : columns) {
          float weight = slice * row * column;
          map[at++] = weight;
          smallest = Math.min(smallest, weight);
        }
      }
    }
    float floor = Math.max(smallest, SMALLEST);
    for (int i = 0; i < map.length; i++) {
      map[i] = Math.max(map[i], floor);
    }
    return map;
  }

  private static float[] gaussian(int length, double sigmaScale) {
    double sigma = length * sigmaScale;
    var values = new float[length];
    for (int i = 0; i < length; i++) {
      double x = i - (length - 1) / 2.0;
      values[i] = (float) Math.exp(-x * x / (2 * sigma * sigma));
    }
    return values;
  }
}
