package org.firstpass.geometry;

/** How many voxels a grid has along each index. */
public record GridSize(int columns, int rows, int slices) {
  public GridSize {
    if (columns < 1 || rows < 1 || slices < 1) {
      throw new IllegalArgumentException(
          "a grid has at least one voxel along each index, but is "
              + columns
              + " columns x "
              + rows
              + " rows x "
              + slices
              + " slices");
    }
    if ((long) columns * rows * slices > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a grid has fewer than 2^31 voxels, but has " + columns + " x " + rows + " x " + slices);
    }
  }

  public int voxels() {
    return columns * rows * slices;
  }

  public int voxelsPerSlice() {
    return columns * rows;
  }

  /** The index into an array ordered slice, row, column (column fastest). */
  public int index(int column, int row, int slice) {
    return (slice * rows + row) * columns + column;
  }

  public boolean contains(int column, int row, int slice) {
    return column >= 0
        && column < columns
        && row >= 0
        && row < rows
        && slice >= 0
        && slice < slices;
  }

  @Override
  public String toString() {
    return columns + " x " + rows + " x " + slices;
  }
}
