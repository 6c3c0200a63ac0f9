package org.firstpass.training.data;

import org.firstpass.geometry.GridSize;

/** Blurs values on a grid, order D, H, W; the border is repeated outwards. */
final class Smoothing {
  private Smoothing() {}

  /** A Gaussian of some deviation in voxels, cut off at two of them. */
  static float[] gaussian(float[] values, GridSize size, double deviation) {
    int reach = (int) Math.ceil(2 * deviation);
    var kernel = new float[2 * reach + 1];
    float sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) Math.exp(-0.5 * Math.pow((i - reach) / deviation, 2));
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    float[] along = lines(values, 1, size.columns(), kernel);
    along = lines(along, size.columns(), size.rows(), kernel);
    return lines(along, size.voxelsPerSlice(), size.slices(), kernel);
  }

  private static float[] lines(float[] values, int stride, int length, float[] kernel) {
    var smooth = new float[values.length];
    int reach = kernel.length / 2;
    for (int i = 0; i < values.length; i++) {
      int place = i / stride % length;
      float sum = 0;
      for (int k = -reach; k <= reach; k++) {
        int from = Math.max(0, Math.min(length - 1, place + k));
        sum += kernel[k + reach] * values[i + (from - place) * stride];
      }
      smooth[i] = sum;
    }
    return smooth;
  }

  /** As if the image had been taken on a grid that has a share of the voxels along each axis. */
  static float[] coarser(float[] values, GridSize size, double share) {
    float[] along = coarserLines(values, 1, size.columns(), share);
    along = coarserLines(along, size.columns(), size.rows(), share);
    return coarserLines(along, size.voxelsPerSlice(), size.slices(), share);
  }

  private static float[] coarserLines(float[] values, int stride, int length, double share) {
    int few = Math.max(1, (int) Math.round(length * share));
    var from = new int[length];
    var to = new int[length];
    var part = new float[length];
    for (int place = 0; place < length; place++) {
      double coarse = (place + 0.5) * few / length - 0.5;
      int low = (int) Math.floor(coarse);
      part[place] = (float) (coarse - low);
      from[place] = sampled(low, few, length);
      to[place] = sampled(low + 1, few, length);
    }
    var changed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int place = i / stride % length;
      float a = values[i + (from[place] - place) * stride];
      float b = values[i + (to[place] - place) * stride];
      changed[i] = a + part[place] * (b - a);
    }
    return changed;
  }

  /** The voxel that a coarse voxel takes its value from. */
  private static int sampled(int coarse, int few, int length) {
    int kept = Math.max(0, Math.min(few - 1, coarse));
    return Math.min(length - 1, (int) ((kept + 0.5) * length / few));
  }
}
