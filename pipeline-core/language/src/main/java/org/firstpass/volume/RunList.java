package org.firstpass.volume;

import java.util.Arrays;

/** Runs that are being collected, in the order of their places. Not safe for several threads. */
final class RunList {
  private static final int FIRST_CAPACITY = 64;

  private int[] starts = new int[FIRST_CAPACITY];
  private int[] ends = new int[FIRST_CAPACITY];
  private short[] labels = new short[FIRST_CAPACITY];
  private int count;

  /**
   * Adds a run.
   *
   * @param start array index of its first voxel
   * @param end array index after its last voxel
   */
  void add(int start, int end, short label) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      labels = Arrays.copyOf(labels, count * 2);
    }
    starts[count] = start;
    ends[count] = end;
    labels[count] = label;
    count++;
  }

  int count() {
    return count;
  }

  void copyTo(int at, int[] allStarts, int[] allEnds, short[] allLabels) {
    System.arraycopy(starts, 0, allStarts, at, count);
    System.arraycopy(ends, 0, allEnds, at, count);
    System.arraycopy(labels, 0, allLabels, at, count);
  }
}
