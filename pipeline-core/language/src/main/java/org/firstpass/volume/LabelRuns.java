package org.firstpass.volume;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.firstpass.geometry.GridSize;

/** Finds the runs of equal labels in a label map; background is none. */
final class LabelRuns implements Runs.Line {
  /** Most runs of a label's surface are short: so many voxels are compared before the long way. */
  private static final int SHORT_RUN = 8;

  private final short[] labels;
  private final int columns;
  private final IntPredicate wanted;

  private LabelRuns(short[] labels, int columns, IntPredicate wanted) {
    this.labels = labels;
    this.columns = columns;
    this.wanted = wanted;
  }

  /**
   * The runs of the labels that are wanted, with those that touch connected.
   *
   * @param labels unsigned 16-bit, order slice, row, column
   */
  static Runs find(short[] labels, GridSize size, IntPredicate wanted) {
    if (labels.length != size.voxels()) {
      throw new IllegalArgumentException(
          "a grid of " + size + " has " + size.voxels() + " values, but got " + labels.length);
    }
    return Runs.find(
        size, new LabelRuns(labels, size.columns(), wanted), Runs.Touching.FACES_EDGES_AND_CORNERS);
  }

  @Override
  public void addTo(RunList runs, int line) {
    int at = line * columns;
    int end = at + columns;
    while (at < end) {
      short label = labels[at];
      int after = endOfRun(at, end);
      if (label != 0 && wanted.test(Short.toUnsignedInt(label))) {
        runs.add(at, after, label);
      }
      at = after;
    }
  }

  private int endOfRun(int start, int end) {
    short label = labels[start];
    int at = start + 1;
    int near = Math.min(end, start + SHORT_RUN);
    while (at < near && labels[at] == label) {
      at++;
    }
    if (at < near || at == end) {
      return at;
    }
    // Each value beside the one before it: compared as long vectors.
    int same = Arrays.mismatch(labels, at - 1, end - 1, labels, at, end);
    return same < 0 ? end : at + same;
  }
}
