package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;

/** Labels of a series at the voxels that the network sees. */
public final class ReferenceOnGrid {
  private ReferenceOnGrid() {}

  /**
   * The label nearest to each voxel centre of a grid, order D, H, W; background beyond the series.
   *
   * @param reference on the grid of the series
   * @param grid in the same frame of reference
   */
  public static short[] nearest(LabelMap reference, GridGeometry grid) {
    return nearest(reference, grid, 0);
  }

  /**
   * The same, with another value beyond the series.
   *
   * @param beyond a label value, 0 to 65535
   */
  public static short[] nearest(LabelMap reference, GridGeometry grid, int beyond) {
    GridSize size = grid.size();
    GridSize source = reference.geometry().size();
    var transform = IndexTransform.between(grid, reference.geometry());
    var labels = new short[size.voxels()];
    int at = 0;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        for (int column = 0; column < size.columns(); column++, at++) {
          int c = (int) Math.floor(transform.column(column, row, slice) + 0.5);
          int r = (int) Math.floor(transform.row(column, row, slice) + 0.5);
          int s = (int) Math.floor(transform.slice(column, row, slice) + 0.5);
          labels[at] =
              source.contains(c, r, s) ? (short) reference.labelAt(c, r, s) : (short) beyond;
        }
      }
    }
    return labels;
  }
}
