package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.CropSpec;
import org.jspecify.annotations.Nullable;

/** The box of a grid that a network looks at. Boxes are first and last column, row, slice. */
final class Cropping {
  private static final int COLUMN = 0;
  private static final int ROW = 2;
  private static final int SLICE = 4;

  private Cropping() {}

  /**
   * The box around the voxels above the crop's value and its margin; the whole grid if there is no
   * crop or no such voxel.
   */
  static int[] box(float[] values, GridGeometry grid, @Nullable CropSpec crop) {
    GridSize size = grid.size();
    int[] whole = {0, size.columns() - 1, 0, size.rows() - 1, 0, size.slices() - 1};
    if (!(crop instanceof CropSpec.Above above)) {
      return whole;
    }
    int[] box = tight(values, size, (float) above.above());
    if (box[COLUMN] > box[COLUMN + 1]) {
      return whole;
    }
    grow(box, COLUMN, margin(above, grid.spacing().column()), size.columns());
    grow(box, ROW, margin(above, grid.spacing().row()), size.rows());
    grow(box, SLICE, margin(above, grid.spacing().slice()), size.slices());
    return box;
  }

  /** The values of a box, on their part of the grid. */
  static NetworkInput cut(float[] values, GridGeometry grid, int[] box) {
    var size =
        new GridSize(
            box[COLUMN + 1] - box[COLUMN] + 1,
            box[ROW + 1] - box[ROW] + 1,
            box[SLICE + 1] - box[SLICE] + 1);
    if (size.equals(grid.size())) {
      return new NetworkInput(grid, values);
    }
    var kept = new float[size.voxels()];
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        int from = grid.size().index(box[COLUMN], box[ROW] + row, box[SLICE] + slice);
        System.arraycopy(values, from, kept, size.index(0, row, slice), size.columns());
      }
    }
    GridGeometry part = NetworkGrids.part(grid, box[COLUMN], box[ROW], box[SLICE], size);
    return new NetworkInput(part, kept);
  }

  private static int[] tight(float[] values, GridSize size, float above) {
    int[] box = {size.columns(), -1, size.rows(), -1, size.slices(), -1};
    int at = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++) {
          if (values[at++] > above) {
            include(box, COLUMN, column);
            include(box, ROW, row);
            include(box, SLICE, slice);
          }
        }
      }
    }
    return box;
  }

  private static void include(int[] box, int axis, int index) {
    box[axis] = Math.min(box[axis], index);
    box[axis + 1] = Math.max(box[axis + 1], index);
  }

  private static int margin(CropSpec.Above crop, double spacing) {
    return (int) Math.ceil(crop.marginMm() / spacing);
  }

  private static void grow(int[] box, int axis, int margin, int count) {
    box[axis] = Math.max(0, box[axis] - margin);
    box[axis + 1] = Math.min(count - 1, box[axis + 1] + margin);
  }
}
