package org.firstpass.dicom;

import java.util.Arrays;

/** The runs of one slice by segment, or only which segments it has if there are very many runs. */
final class SliceRuns {
  private static final int[] NONE = {};
  private static final int FIRST_CAPACITY = 64;

  private final int[][] bounds;
  private final int[] used;
  private final int maxRuns;
  private int total;

  SliceRuns(int segments, int maxRuns) {
    this.bounds = new int[segments][];
    Arrays.fill(bounds, NONE);
    this.used = new int[segments];
    this.maxRuns = maxRuns;
  }

  void add(int segment, int start, int end) {
    total++;
    if (isDense()) {
      bounds[segment] = NONE;
      used[segment] = 2;
      return;
    }
    int at = used[segment];
    if (at == bounds[segment].length) {
      bounds[segment] = Arrays.copyOf(bounds[segment], Math.max(FIRST_CAPACITY, 2 * at));
    }
    bounds[segment][at] = start;
    bounds[segment][at + 1] = end;
    used[segment] = at + 2;
  }

  /** Whether there were too many runs to keep them. */
  boolean isDense() {
    return total > maxRuns;
  }

  boolean isPresent(int segment) {
    return used[segment] > 0;
  }

  void pack(int segment, byte[] bits) {
    int[] pairs = bounds[segment];
    for (int i = 0; i < used[segment]; i += 2) {
      setBits(bits, pairs[i], pairs[i + 1]);
    }
  }

  /** Sets the bits of a run. */
  static void setBits(byte[] bits, int start, int end) {
    int first = start >> 3;
    int last = (end - 1) >> 3;
    int head = 0xff << (start & 7);
    int tail = 0xff >> (7 - ((end - 1) & 7));
    if (first == last) {
      bits[first] |= (byte) (head & tail);
      return;
    }
    bits[first] |= (byte) head;
    Arrays.fill(bits, first + 1, last, (byte) 0xff);
    bits[last] |= (byte) tail;
  }
}
