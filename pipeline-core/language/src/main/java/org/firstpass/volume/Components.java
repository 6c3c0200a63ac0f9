package org.firstpass.volume;

import java.util.Arrays;
import org.firstpass.geometry.GridSize;

/**
 * The 26-connected components of one label: voxels that touch by a face, an edge or a corner belong
 * together.
 *
 * <p>Works on runs along the column index, so memory goes with the surface of the label, not with
 * the grid.
 */
public final class Components {
  private final GridSize size;
  private final Runs runs;
  private final long[] voxelsOfRoot;

  private Components(GridSize size, Runs runs) {
    this.size = size;
    this.runs = runs;
    this.voxelsOfRoot = new long[runs.count];
    for (int run = 0; run < runs.count; run++) {
      voxelsOfRoot[runs.root(run)] += runs.length(run);
    }
  }

  /**
   * Finds the components of a label.
   *
   * @param labels unsigned 16-bit, order slice, row, column
   */
  public static Components of(short[] labels, GridSize size, int label) {
    if (labels.length != size.voxels()) {
      throw new IllegalArgumentException(
          "a grid of " + size + " has " + size.voxels() + " values, but got " + labels.length);
    }
    var runs = new Runs();
    var rowStarts = new int[size.rows() * size.slices() + 1];
    for (int line = 0; line < size.rows() * size.slices(); line++) {
      rowStarts[line] = runs.count;
      addRuns(labels, line * size.columns(), size.columns(), (short) label, runs);
    }
    rowStarts[rowStarts.length - 1] = runs.count;
    for (int slice = 0; slice < size.slices(); slice++) {
      for (int row = 0; row < size.rows(); row++) {
        int line = slice * size.rows() + row;
        if (row > 0) {
          join(runs, rowStarts, size.columns(), line, line - 1);
        }
        if (slice > 0) {
          int above = line - size.rows();
          for (int near = Math.max(0, row - 1);
              near <= Math.min(size.rows() - 1, row + 1);
              near++) {
            join(runs, rowStarts, size.columns(), line, above - row + near);
          }
        }
      }
    }
    return new Components(size, runs);
  }

  /** How many components the label has. */
  public int count() {
    int count = 0;
    for (long voxels : voxelsOfRoot) {
      count += voxels > 0 ? 1 : 0;
    }
    return count;
  }

  /** Voxels of the largest component, 0 if the label has none. */
  public long largest() {
    long largest = 0;
    for (long voxels : voxelsOfRoot) {
      largest = Math.max(largest, voxels);
    }
    return largest;
  }

  /**
   * Sets every voxel that is not of the largest component (the first, if two are) to background.
   */
  public void keepLargest(short[] labels) {
    int kept = -1;
    for (int root = 0; root < voxelsOfRoot.length; root++) {
      if (voxelsOfRoot[root] > 0 && (kept < 0 || voxelsOfRoot[root] > voxelsOfRoot[kept])) {
        kept = root;
      }
    }
    for (int run = 0; run < runs.count; run++) {
      if (runs.root(run) != kept) {
        clear(labels, run);
      }
    }
  }

  /** Sets every voxel of a component with fewer voxels than this to background. */
  public void removeSmallerThan(short[] labels, long voxels) {
    for (int run = 0; run < runs.count; run++) {
      if (voxelsOfRoot[runs.root(run)] < voxels) {
        clear(labels, run);
      }
    }
  }

  private void clear(short[] labels, int run) {
    if (labels.length != size.voxels()) {
      throw new IllegalArgumentException("the labels are not of the grid " + size);
    }
    Arrays.fill(labels, runs.starts[run], runs.ends[run], (short) 0);
  }

  private static void addRuns(short[] labels, int from, int columns, short label, Runs runs) {
    int at = from;
    int end = from + columns;
    while (at < end) {
      if (labels[at] != label) {
        at++;
        continue;
      }
      int start = at;
      while (at < end && labels[at] == label) {
        at++;
      }
      runs.add(start, at);
    }
  }

  /** Joins the runs of two lines that overlap or touch by a corner. */
  private static void join(Runs runs, int[] lineStarts, int columns, int a, int b) {
    int run = lineStarts[a];
    int other = lineStarts[b];
    int shift = (a - b) * columns;
    while (run < lineStarts[a + 1] && other < lineStarts[b + 1]) {
      int otherStart = runs.starts[other] + shift;
      int otherEnd = runs.ends[other] + shift;
      if (runs.starts[run] <= otherEnd && otherStart <= runs.ends[run]) {
        runs.union(run, other);
      }
      if (runs.ends[run] < otherEnd) {
        run++;
      } else {
        other++;
      }
    }
  }

  /** Runs as array index ranges, with a union-find forest over them. */
  private static final class Runs {
    private static final int FIRST_CAPACITY = 1024;

    private int[] starts = new int[FIRST_CAPACITY];
    private int[] ends = new int[FIRST_CAPACITY];
    private int[] parents = new int[FIRST_CAPACITY];
    private int count;

    void add(int start, int end) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
        parents = Arrays.copyOf(parents, count * 2);
      }
      starts[count] = start;
      ends[count] = end;
      parents[count] = count;
      count++;
    }

    int length(int run) {
      return ends[run] - starts[run];
    }

    int root(int run) {
      int at = run;
      while (parents[at] != at) {
        parents[at] = parents[parents[at]];
        at = parents[at];
      }
      return at;
    }

    /** The smaller root wins, so that the outcome does not hang on the order of joins. */
    void union(int a, int b) {
      int rootA = root(a);
      int rootB = root(b);
      parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    }
  }
}
