package org.firstpass.volume;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.firstpass.geometry.GridSize;

/**
 * Resizing of arrays along their own axes; border voxels are repeated outwards. It knows no patient
 * space: what does is preparation, in the worker.
 *
 * <p>Arrays have the order slice, row, column. One axis after the other, which for these
 * interpolations is the same as all at once; those that shrink come first, so that nothing between
 * is larger than the larger of input and output. At most two arrays of that size are held beside
 * the input. All cores of the common pool take part. Where the sizes are the same, the answer is
 * the input array itself.
 */
public final class Resampling {
  private Resampling() {}

  /** Trilinear interpolation. */
  public static float[] linear(float[] values, GridSize from, GridSize to, ResamplingRule rule) {
    requireLength(values.length, from);
    return resize(values, from, to, axis -> kernel(Interpolation.LINEAR, axis, from, to, rule));
  }

  /**
   * Interpolation by the cubic B-spline through all values, with the numbers of the library that
   * has the rule.
   *
   * <p>{@link ResamplingRule#HALF_VOXEL}: {@code skimage.transform.resize(order=3, mode='edge',
   * anti_aliasing=False)}, whose overshoot is cut off at the smallest and largest value of the
   * input. The others: {@code scipy.ndimage}'s order 3 with mode {@code nearest}, whose overshoot
   * stays.
   */
  public static float[] cubic(float[] values, GridSize from, GridSize to, ResamplingRule rule) {
    requireLength(values.length, from);
    float[] resized =
        resize(values, from, to, axis -> kernel(Interpolation.CUBIC, axis, from, to, rule));
    if (rule == ResamplingRule.HALF_VOXEL && !from.equals(to)) {
      ValueRanges.of(values, from, GridAxis.SLICE).merged().clip(resized, to, index -> 0);
    }
    return resized;
  }

  /**
   * Resizing of each slice across an axis on its own, and then the nearest slice: what nnU-Net does
   * to anisotropic grids ({@code separate_z} with {@code order_z=0}), by {@link
   * ResamplingRule#HALF_VOXEL}.
   *
   * @param across the axis whose indices are the slices; see {@link SliceSeparation}
   * @param inPlane within a slice; the overshoot of {@link Interpolation#CUBIC} is cut off at the
   *     smallest and largest value of the slice
   */
  public static float[] perSlice(
      float[] values, GridSize from, GridSize to, GridAxis across, Interpolation inPlane) {
    requireLength(values.length, from);
    ResamplingRule rule = ResamplingRule.HALF_VOXEL;
    double[] positions = rule.positions(across.length(from), across.length(to));
    var slices = new NearestKernel(across.length(from), positions);
    float[] resized =
        resize(
            values,
            from,
            to,
            axis -> axis == across ? slices : kernel(inPlane, axis, from, to, rule));
    if (inPlane == Interpolation.CUBIC && !from.equals(to)) {
      ValueRanges.of(values, from, across).clip(resized, to, slices::source);
    }
    return resized;
  }

  /**
   * Interpolation along one axis at any positions, the border being repeated outwards. The
   * overshoot of {@link Interpolation#CUBIC} stays.
   *
   * @param positions of the values that are made, in voxels of that axis
   */
  public static float[] along(
      GridAxis axis,
      float[] values,
      GridSize from,
      Interpolation interpolation,
      double[] positions) {
    requireLength(values.length, from);
    AxisKernel kernel = interpolation.kernel(axis.length(from), positions);
    return AxisPass.run(axis, from, positions.length, kernel, values);
  }

  /** The nearest voxel; from two that are equally near the even index, as NumPy rounds. */
  public static short[] nearest(short[] labels, GridSize from, GridSize to, ResamplingRule rule) {
    requireLength(labels.length, from);
    int[] columns = nearestIndices(from.columns(), to.columns(), rule);
    int[] rows = nearestIndices(from.rows(), to.rows(), rule);
    int[] slices = nearestIndices(from.slices(), to.slices(), rule);
    var result = new short[to.voxels()];
    IntStream.range(0, to.slices())
        .parallel()
        .forEach(
            slice -> {
              int at = slice * to.voxelsPerSlice();
              for (int row : rows) {
                int line = from.index(0, row, slices[slice]);
                for (int column : columns) {
                  result[at++] = labels[line + column];
                }
              }
            });
    return result;
  }

  private static float[] resize(
      float[] values, GridSize from, GridSize to, Function<GridAxis, AxisKernel> kernels) {
    List<GridAxis> axes =
        Stream.of(GridAxis.COLUMN, GridAxis.ROW, GridAxis.SLICE)
            .filter(axis -> axis.length(from) != axis.length(to))
            .sorted(
                Comparator.comparingDouble(axis -> (double) axis.length(to) / axis.length(from)))
            .toList();
    float[] resized = values;
    GridSize size = from;
    for (GridAxis axis : axes) {
      resized = AxisPass.run(axis, size, axis.length(to), kernels.apply(axis), resized);
      size = axis.resized(size, axis.length(to));
    }
    return resized;
  }

  private static AxisKernel kernel(
      Interpolation interpolation, GridAxis axis, GridSize from, GridSize to, ResamplingRule rule) {
    int length = axis.length(from);
    return interpolation.kernel(length, rule.positions(length, axis.length(to)));
  }

  private static int[] nearestIndices(int from, int to, ResamplingRule rule) {
    var indices = new int[to];
    for (int index = 0; index < to; index++) {
      double position = Math.rint(rule.position(index, from, to));
      indices[index] = (int) Math.max(0, Math.min(from - 1.0, position));
    }
    return indices;
  }

  private static void requireLength(int length, GridSize size) {
    if (length != size.voxels()) {
      throw new IllegalArgumentException(
          "a grid of " + size + " has " + size.voxels() + " values, but got " + length);
    }
  }
}
