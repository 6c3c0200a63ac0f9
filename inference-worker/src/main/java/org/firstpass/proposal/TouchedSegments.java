package org.firstpass.proposal;

import org.firstpass.geometry.GridSize;

/**
 * The segments that a voxel belongs to or touches by a face: those whose area or rim it is in. An
 * overlooked border is as much a doubt as one that was drawn. One thread at a time.
 */
final class TouchedSegments {
  /** A voxel and its six neighbours. */
  private static final int MOST = 7;

  private final short[] labels;
  private final GridSize size;
  private final int[] numbers = new int[MOST];
  private int count;

  /**
   * @param labels unsigned 16-bit, order slice, row, column
   */
  TouchedSegments(short[] labels, GridSize size) {
    this.labels = labels;
    this.size = size;
  }

  /** Looks at a voxel; returns how many segments it belongs to or touches. */
  int at(int column, int row, int slice) {
    int at = size.index(column, row, slice);
    count = 0;
    add(at);
    if (column > 0) {
      add(at - 1);
    }
    if (column < size.columns() - 1) {
      add(at + 1);
    }
    if (row > 0) {
      add(at - size.columns());
    }
    if (row < size.rows() - 1) {
      add(at + size.columns());
    }
    if (slice > 0) {
      add(at - size.voxelsPerSlice());
    }
    if (slice < size.slices() - 1) {
      add(at + size.voxelsPerSlice());
    }
    return count;
  }

  /** One of the segments of the voxel that was looked at last, each once. */
  int number(int index) {
    return numbers[index];
  }

  private void add(int at) {
    if (labels[at] == 0) {
      return;
    }
    int number = Short.toUnsignedInt(labels[at]);
    for (int i = 0; i < count; i++) {
      if (numbers[i] == number) {
        return;
      }
    }
    numbers[count++] = number;
  }
}
