package org.firstpass.inference;

import java.util.Arrays;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.model.WindowSpec.Sliding;

/** How much each voxel of a window counts, order D, H, W, float32, as MONAI or nnU-Net has it. */
final class ImportanceMap {
  /** MONAI's floor. */
  private static final float SMALLEST = 1e-3f;

  /** nnU-Net's value at the centre. */
  private static final double CENTRE = 10;

  private ImportanceMap() {}

  static float[] of(GridSize window, Sliding spec) {
    if (spec.blending() == Blending.CONSTANT) {
      var map = new float[window.voxels()];
      Arrays.fill(map, 1);
      return map;
    }
    double sigmaScale = spec.effectiveSigmaScale();
    return spec.effectivePlacement() == Placement.NNUNET
        ? blurredImpulse(window, sigmaScale)
        : gaussian(window, sigmaScale);
  }

  /** Product of Gaussians about the middle of each axis; small values are raised. */
  private static float[] gaussian(GridSize window, double sigmaScale) {
    float[] slices = narrow(values(window.slices(), middle(window.slices()), sigmaScale));
    float[] rows = narrow(values(window.rows(), middle(window.rows()), sigmaScale));
    float[] columns = narrow(values(window.columns(), middle(window.columns()), sigmaScale));
    var map = new float[window.voxels()];
    int at = 0;
    for (float slice : slices) {
      for (float row : rows) {
        for (float column : columns) {
          map[at++] = slice * row * column;
        }
      }
    }
    raise(map, SMALLEST);
    return map;
  }

  /**
   * A unit impulse at the voxel n/2, blurred, scaled to 10 at its maximum and rounded to binary16.
   * Within a window no tail of the kernel is cut, so the blur is a product of Gaussians.
   */
  private static float[] blurredImpulse(GridSize window, double sigmaScale) {
    double[] slices = truncated(window.slices(), sigmaScale);
    double[] rows = truncated(window.rows(), sigmaScale);
    double[] columns = truncated(window.columns(), sigmaScale);
    var map = new float[window.voxels()];
    float smallest = Float.MAX_VALUE;
    int at = 0;
    for (double slice : slices) {
      for (double row : rows) {
        for (double column : columns) {
          float weight = Half.rounded(slice * row * column * CENTRE);
          map[at++] = weight;
          smallest = weight > 0 ? Math.min(smallest, weight) : smallest;
        }
      }
    }
    raise(map, smallest);
    return map;
  }

  private static void raise(float[] map, float floor) {
    for (int i = 0; i < map.length; i++) {
      map[i] = Math.max(map[i], floor);
    }
  }

  /** The kernel reaches four sigmas, rounded, to each side. */
  private static double[] truncated(int length, double sigmaScale) {
    int centre = length / 2;
    int reach = (int) (4 * length * sigmaScale + 0.5);
    double[] values = values(length, centre, sigmaScale);
    for (int i = 0; i < length; i++) {
      if (Math.abs(i - centre) > reach) {
        values[i] = 0;
      }
    }
    return values;
  }

  private static double middle(int length) {
    return (length - 1) / 2.0;
  }

  private static double[] values(int length, double centre, double sigmaScale) {
    double sigma = length * sigmaScale;
    var values = new double[length];
    for (int i = 0; i < length; i++) {
      double x = i - centre;
      values[i] = Math.exp(-x * x / (2 * sigma * sigma));
    }
    return values;
  }

  private static float[] narrow(double[] values) {
    var narrowed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrowed[i] = (float) values[i];
    }
    return narrowed;
  }
}
