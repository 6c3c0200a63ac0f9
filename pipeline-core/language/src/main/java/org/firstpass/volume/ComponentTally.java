package org.firstpass.volume;

import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.VoxelPosition;

/** What is summed up of a component, run by run. */
final class ComponentTally {
  private long voxels;
  private double columns;
  private double rows;
  private double slices;
  private int firstColumn = Integer.MAX_VALUE;
  private int firstRow = Integer.MAX_VALUE;
  private int firstSlice = Integer.MAX_VALUE;
  private int lastColumn;
  private int lastRow;
  private int lastSlice;

  void add(GridSize size, int start, int length) {
    int line = start / size.columns();
    int column = start - line * size.columns();
    int slice = line / size.rows();
    int row = line - slice * size.rows();
    voxels += length;
    columns += length * (column + (length - 1) / 2.0);
    rows += (double) length * row;
    slices += (double) length * slice;
    firstColumn = Math.min(firstColumn, column);
    firstRow = Math.min(firstRow, row);
    firstSlice = Math.min(firstSlice, slice);
    lastColumn = Math.max(lastColumn, column + length - 1);
    lastRow = Math.max(lastRow, row);
    lastSlice = Math.max(lastSlice, slice);
  }

  Component toComponent(int number) {
    return new Component(
        number,
        voxels,
        new VoxelPosition(columns / voxels, rows / voxels, slices / voxels),
        new VoxelBox(firstColumn, firstRow, firstSlice, lastColumn, lastRow, lastSlice));
  }
}
