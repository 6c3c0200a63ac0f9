package org.firstpass.volume;

import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/** A box of whole voxels of a grid: indices from the first to the last, both within. */
public record VoxelBox(
    int firstColumn, int firstRow, int firstSlice, int lastColumn, int lastRow, int lastSlice) {
  public VoxelBox {
    if (lastColumn < firstColumn || lastRow < firstRow || lastSlice < firstSlice) {
      throw new IllegalArgumentException(
          "a box has at least one voxel along each index, but goes from column "
              + firstColumn
              + ", row "
              + firstRow
              + ", slice "
              + firstSlice
              + " to column "
              + lastColumn
              + ", row "
              + lastRow
              + ", slice "
              + lastSlice);
    }
  }

  public GridSize size() {
    return new GridSize(
        lastColumn - firstColumn + 1, lastRow - firstRow + 1, lastSlice - firstSlice + 1);
  }

  public boolean contains(int column, int row, int slice) {
    return firstColumn <= column
        && column <= lastColumn
        && firstRow <= row
        && row <= lastRow
        && firstSlice <= slice
        && slice <= lastSlice;
  }

  /** Whether both have a voxel in common. */
  public boolean meets(VoxelBox other) {
    return firstColumn <= other.lastColumn
        && other.firstColumn <= lastColumn
        && firstRow <= other.lastRow
        && other.firstRow <= lastRow
        && firstSlice <= other.lastSlice
        && other.firstSlice <= lastSlice;
  }

  /** Whether it has a voxel of the outermost layer of the grid: what is in it may go on outside. */
  public boolean touchesBorderOf(GridSize grid) {
    return firstColumn == 0
        || firstRow == 0
        || firstSlice == 0
        || lastColumn == grid.columns() - 1
        || lastRow == grid.rows() - 1
        || lastSlice == grid.slices() - 1;
  }

  /** The smallest box that has both. */
  public VoxelBox with(VoxelBox other) {
    return new VoxelBox(
        Math.min(firstColumn, other.firstColumn),
        Math.min(firstRow, other.firstRow),
        Math.min(firstSlice, other.firstSlice),
        Math.max(lastColumn, other.lastColumn),
        Math.max(lastRow, other.lastRow),
        Math.max(lastSlice, other.lastSlice));
  }

  /** The box with a margin on all sides, cut off at the border of the grid. */
  public VoxelBox grown(double marginMm, Spacing spacing, GridSize grid) {
    int columns = voxels(marginMm, spacing.column(), grid.columns());
    int rows = voxels(marginMm, spacing.row(), grid.rows());
    int slices = voxels(marginMm, spacing.slice(), grid.slices());
    return new VoxelBox(
        Math.max(0, firstColumn - columns),
        Math.max(0, firstRow - rows),
        Math.max(0, firstSlice - slices),
        Math.min(grid.columns() - 1, lastColumn + columns),
        Math.min(grid.rows() - 1, lastRow + rows),
        Math.min(grid.slices() - 1, lastSlice + slices));
  }

  private static int voxels(double marginMm, double spacing, int most) {
    return (int) Math.min(most, Math.ceil(marginMm / spacing));
  }
}
