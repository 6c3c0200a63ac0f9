package org.firstpass.volume;

/**
 * How probable one segment is at each voxel of a box; outside of the box it is not likely anywhere.
 *
 * <p>One byte per voxel, order slice, row, column (column fastest) of the box: 0 for less than
 * {@link ProbabilityMapCodec#LEAST} to 255 for certain. Immutable.
 */
public final class SegmentProbability {
  private final int segmentNumber;
  private final VoxelBox box;
  private final byte[] values;

  SegmentProbability(int segmentNumber, VoxelBox box, byte[] values) {
    this.segmentNumber = segmentNumber;
    this.box = box;
    this.values = values;
  }

  public int segmentNumber() {
    return segmentNumber;
  }

  /** In indices of the grid of the series. */
  public VoxelBox box() {
    return box;
  }

  /** At a voxel of the series, 0 to 255. */
  public int at(int column, int row, int slice) {
    return box.contains(column, row, slice)
        ? Byte.toUnsignedInt(values[offset(column, row, slice)])
        : 0;
  }

  /**
   * One slice of the series, whose other voxels are left as they are.
   *
   * @param columns of the series, as many as lie between rows of the target
   */
  public void copySlice(int slice, byte[] target, int columns) {
    if (slice < box.firstSlice() || slice > box.lastSlice()) {
      return;
    }
    for (int row = box.firstRow(); row <= box.lastRow(); row++) {
      int at = offset(box.firstColumn(), row, slice);
      int length = box.size().columns();
      System.arraycopy(values, at, target, row * columns + box.firstColumn(), length);
    }
  }

  private int offset(int column, int row, int slice) {
    return box.size()
        .index(column - box.firstColumn(), row - box.firstRow(), slice - box.firstSlice());
  }
}
