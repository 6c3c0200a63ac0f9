package org.firstpass.prepare;

import java.util.List;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.model.GridSpec;
import org.firstpass.model.InputSpec;
import org.firstpass.volume.VoxelBox;

/**
 * The grids of networks: where in patient space (LPS, mm) each voxel of the input tensor lies.
 *
 * <p>Tensor axes D, H, W are slice, row and column of the grid.
 */
public final class NetworkGrids {
  private static final int[][] PERMUTATIONS = {
    {0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}
  };

  /** What the axes of a series are called that are taken as they were acquired. */
  private static final Orientation AXIAL = new Orientation("SPL");

  private NetworkGrids() {}

  /** The grid that the manifest's input asks for, before it is cropped. */
  public static GridGeometry of(GridGeometry source, InputSpec input) {
    GridSpec spec = input.grid();
    if (spec instanceof GridSpec.Conformed conformed) {
      return conformed(source, input.orientation(), conformed);
    }
    if (spec instanceof GridSpec.Box box) {
      return boxed(source, input.orientation(), box);
    }
    Axes named = input.keepsAcquiredAxes() ? AXIAL.axes() : source.axes();
    GridGeometry turned = reordered(source, named, input.orientation());
    return spec instanceof GridSpec.Spaced spaced ? respaced(turned, spaced) : turned;
  }

  /**
   * The same voxels with their axes permuted and turned so that they grow as nearly as possible to
   * an orientation. No voxel moves.
   */
  public static GridGeometry reordered(GridGeometry source, Orientation orientation) {
    return reordered(source, source.axes(), orientation);
  }

  /** The same as if the axes of the source had other directions. */
  private static GridGeometry reordered(GridGeometry source, Axes named, Orientation orientation) {
    Vector3[] names = {named.column(), named.row(), named.slice()};
    Vector3[] axes = {source.axes().column(), source.axes().row(), source.axes().slice()};
    double[] spacing = {
      source.spacing().column(), source.spacing().row(), source.spacing().slice()
    };
    int[] size = {source.size().columns(), source.size().rows(), source.size().slices()};
    Axes wanted = orientation.axes();
    Vector3[] directions = {wanted.column(), wanted.row(), wanted.slice()};
    int[] taken = nearest(names, directions);
    Vector3 position = source.position();
    var turned = new Vector3[taken.length];
    for (int axis = 0; axis < taken.length; axis++) {
      int from = taken[axis];
      turned[axis] = axes[from];
      if (names[from].dot(directions[axis]) < 0) {
        position = position.plus(axes[from].times(spacing[from] * (size[from] - 1)));
        turned[axis] = axes[from].times(-1);
      }
    }
    return source.withVoxels(
        new GridSize(size[taken[0]], size[taken[1]], size[taken[2]]),
        position,
        new Axes(turned[0], turned[1], turned[2]),
        new Spacing(spacing[taken[0]], spacing[taken[1]], spacing[taken[2]]));
  }

  /** Part of a grid: a box of its voxels. */
  static GridGeometry part(GridGeometry grid, VoxelBox box) {
    return grid.withVoxels(
        box.size(),
        grid.toPatient(box.firstColumn(), box.firstRow(), box.firstSlice()),
        grid.axes(),
        grid.spacing());
  }

  private static int[] nearest(Vector3[] axes, Vector3[] directions) {
    int[] best = PERMUTATIONS[0];
    double bestFit = -1;
    for (int[] permutation : PERMUTATIONS) {
      double fit = 0;
      for (int axis = 0; axis < permutation.length; axis++) {
        fit += Math.abs(axes[permutation[axis]].dot(directions[axis]));
      }
      if (fit > bestFit + 1e-9) {
        bestFit = fit;
        best = permutation;
      }
    }
    return best;
  }

  private static GridGeometry respaced(GridGeometry grid, GridSpec.Spaced spec) {
    Spacing wanted = statedSpacing(grid.spacing(), spec);
    return spec.effectiveAnchor() == GridSpec.Anchor.EXTENT
        ? filled(grid, wanted)
        : fromFirstVoxel(grid, wanted);
  }

  /** The spacing of a manifest; where it keeps that of the series, of the series. */
  static Spacing statedSpacing(Spacing source, GridSpec.Spaced spec) {
    List<Double> stated = spec.spacing();
    return new Spacing(
        stated.get(2) > 0 ? stated.get(2) : source.column(),
        stated.get(1) > 0 ? stated.get(1) : source.row(),
        stated.get(0) > 0 ? stated.get(0) : source.slice());
  }

  /**
   * The number of voxels is rounded, and the spacing then fills the extent exactly.
   *
   * @see "compute_new_shape in nnunetv2/preprocessing/resampling/default_resampling.py"
   */
  private static GridGeometry filled(GridGeometry grid, Spacing wanted) {
    GridSize old = grid.size();
    int columns = filling(old.columns(), grid.spacing().column(), wanted.column());
    int rows = filling(old.rows(), grid.spacing().row(), wanted.row());
    int slices = filling(old.slices(), grid.spacing().slice(), wanted.slice());
    var fitted =
        new Spacing(
            grid.spacing().column() * old.columns() / columns,
            grid.spacing().row() * old.rows() / rows,
            grid.spacing().slice() * old.slices() / slices);
    Vector3 position =
        grid.toPatient(
            0.5 * old.columns() / columns - 0.5,
            0.5 * old.rows() / rows - 0.5,
            0.5 * old.slices() / slices - 0.5);
    return grid.withVoxels(new GridSize(columns, rows, slices), position, grid.axes(), fitted);
  }

  private static int filling(int voxels, double spacing, double wanted) {
    return (int) Math.max(1, Math.rint(spacing / wanted * voxels));
  }

  /**
   * The first voxels have one centre, and the last lies as near as possible to the last.
   *
   * @see "compute_shape_offset in monai/data/utils.py, whose rounding is of the sum"
   */
  private static GridGeometry fromFirstVoxel(GridGeometry grid, Spacing wanted) {
    GridSize old = grid.size();
    var size =
        new GridSize(
            spanning(old.columns(), grid.spacing().column(), wanted.column()),
            spanning(old.rows(), grid.spacing().row(), wanted.row()),
            spanning(old.slices(), grid.spacing().slice(), wanted.slice()));
    return grid.withVoxels(size, grid.position(), grid.axes(), wanted);
  }

  private static int spanning(int voxels, double spacing, double wanted) {
    return (int) Math.rint((voxels - 1) * spacing / wanted + 1);
  }

  private static GridGeometry conformed(
      GridGeometry source, Orientation orientation, GridSpec.Conformed spec) {
    GridSize old = source.size();
    Vector3 centre =
        source.toPatient(
            (old.columns() - 1) / 2.0, (old.rows() - 1) / 2.0, (old.slices() - 1) / 2.0);
    GridSize size = size(spec.size());
    var spacing = new Spacing(spec.spacing().get(2), spec.spacing().get(1), spec.spacing().get(0));
    return centred(source, centre, orientation.axes(), size, spacing);
  }

  private static GridGeometry boxed(
      GridGeometry source, Orientation orientation, GridSpec.Box box) {
    double sign = box.space() == GridSpec.PatientSpace.RAS ? -1 : 1;
    Vector3 a = corner(box.minimum(), sign);
    Vector3 b = corner(box.maximum(), sign);
    Axes axes = orientation.axes();
    GridSize size = size(box.size());
    Vector3 diagonal = b.minus(a);
    var spacing =
        new Spacing(
            Math.abs(diagonal.dot(axes.column())) / size.columns(),
            Math.abs(diagonal.dot(axes.row())) / size.rows(),
            Math.abs(diagonal.dot(axes.slice())) / size.slices());
    return centred(source, a.plus(diagonal.times(0.5)), axes, size, spacing);
  }

  private static GridGeometry centred(
      GridGeometry source, Vector3 centre, Axes axes, GridSize size, Spacing spacing) {
    Vector3 position =
        centre
            .minus(axes.column().times(spacing.column() * (size.columns() - 1) / 2))
            .minus(axes.row().times(spacing.row() * (size.rows() - 1) / 2))
            .minus(axes.slice().times(spacing.slice() * (size.slices() - 1) / 2));
    return source.withVoxels(size, position, axes, spacing);
  }

  private static Vector3 corner(List<Double> xyz, double sign) {
    return new Vector3(sign * xyz.get(0), sign * xyz.get(1), xyz.get(2));
  }

  private static GridSize size(List<Integer> tensorOrder) {
    return new GridSize(tensorOrder.get(2), tensorOrder.get(1), tensorOrder.get(0));
  }
}
