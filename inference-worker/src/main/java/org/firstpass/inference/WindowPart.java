package org.firstpass.inference;

import org.firstpass.geometry.GridSize;

/**
 * The part of a window that lies on the grid and not in the padding around it. Rows and columns are
 * those of the window, slices those of the grid.
 *
 * @param endSlice the first that is not of it, as the other ends
 */
record WindowPart(
    WindowPlan.Start start,
    int firstSlice,
    int endSlice,
    int firstRow,
    int endRow,
    int firstColumn,
    int columns) {
  static WindowPart of(WindowPlan.Start start, GridSize window, GridSize grid) {
    int firstColumn = Math.max(0, -start.column());
    return new WindowPart(
        start,
        Math.max(0, start.slice()),
        Math.min(grid.slices(), start.slice() + window.slices()),
        Math.max(0, -start.row()),
        Math.min(window.rows(), grid.rows() - start.row()),
        firstColumn,
        Math.min(window.columns(), grid.columns() - start.column()) - firstColumn);
  }

  /** Where the first voxel of a row of the window lies in a slice of the grid. */
  int target(int row, GridSize grid) {
    return (start.row() + row) * grid.columns() + start.column() + firstColumn;
  }
}
