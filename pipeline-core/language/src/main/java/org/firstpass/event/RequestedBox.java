package org.firstpass.event;

/** A box of voxels of a series: indices from the first to the last, both within. */
public record RequestedBox(
    int firstColumn, int firstRow, int firstSlice, int lastColumn, int lastRow, int lastSlice) {
  public RequestedBox {
    if (firstColumn < 0
        || firstRow < 0
        || firstSlice < 0
        || lastColumn < firstColumn
        || lastRow < firstRow
        || lastSlice < firstSlice) {
      throw new IllegalArgumentException("a box has a voxel at least, and none before the first");
    }
  }
}
