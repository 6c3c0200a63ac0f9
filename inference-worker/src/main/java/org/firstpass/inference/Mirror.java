package org.firstpass.inference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Along which tensor axes a window is turned round before the network sees it, and its answer
 * afterwards: turning round twice is nothing, so the same turn serves both ways.
 *
 * @param slices tensor axis D
 * @param rows tensor axis H
 * @param columns tensor axis W
 */
record Mirror(boolean slices, boolean rows, boolean columns) {
  static final Mirror NONE = new Mirror(false, false, false);

  /**
   * Every subset of the axes, 0 for D, 1 for H, 2 for W: the empty one first, then by size and in
   * the order of the axes, as nnU-Net goes through them.
   */
  static List<Mirror> subsets(List<Integer> axes) {
    List<List<Integer>> subsets = new ArrayList<>();
    subsets.add(List.of());
    for (int axis : axes) {
      for (List<Integer> shorter : List.copyOf(subsets)) {
        List<Integer> longer = new ArrayList<>(shorter);
        longer.add(axis);
        subsets.add(longer);
      }
    }
    Comparator<List<Integer>> byPlace = (a, b) -> compare(a, b, axes);
    subsets.sort(Comparator.<List<Integer>>comparingInt(List::size).thenComparing(byPlace));
    return subsets.stream()
        .map(each -> new Mirror(each.contains(0), each.contains(1), each.contains(2)))
        .toList();
  }

  /** Of a window's slice, the one that lies in its place when it is turned round. */
  int slice(int slice, int count) {
    return slices ? count - 1 - slice : slice;
  }

  int row(int row, int count) {
    return rows ? count - 1 - row : row;
  }

  /** Turns one slice of a window round, order row, column. */
  void turn(float[] plane, int rowCount, int columnCount) {
    if (columns) {
      for (int row = 0; row < rowCount; row++) {
        reverse(plane, row * columnCount, columnCount);
      }
    }
    if (!rows) {
      return;
    }
    for (int row = 0; row < rowCount / 2; row++) {
      int other = (rowCount - 1 - row) * columnCount;
      for (int column = 0; column < columnCount; column++) {
        swap(plane, row * columnCount + column, other + column);
      }
    }
  }

  static void reverse(float[] values, int from, int count) {
    for (int at = 0; at < count / 2; at++) {
      swap(values, from + at, from + count - 1 - at);
    }
  }

  private static void swap(float[] values, int one, int other) {
    float value = values[one];
    values[one] = values[other];
    values[other] = value;
  }

  private static int compare(List<Integer> a, List<Integer> b, List<Integer> axes) {
    for (int at = 0; at < a.size(); at++) {
      int order = Integer.compare(axes.indexOf(a.get(at)), axes.indexOf(b.get(at)));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
