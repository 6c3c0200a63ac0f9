package org.firstpass.volume;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;

/**
 * Runs of voxels along the column index, and which of them are connected: each is found with the
 * first run of its component.
 *
 * <p>Slices are searched and joined in parallel; the outcome does not depend on how. Immutable once
 * found.
 */
final class Runs {
  private static final int BLOCKS = 32;

  private final GridSize size;
  private final int[] lineStarts;
  private final int[] starts;
  private final int[] ends;
  private final short[] labels;

  /** A run before it in the same component, or itself. */
  private final int[] parents;

  /** How runs of neighbouring lines are connected. */
  enum Touching {
    FACES,
    FACES_EDGES_AND_CORNERS
  }

  /** Finds the runs of one line in the order of their places. */
  interface Line {
    /**
     * Adds them.
     *
     * @param line {@code slice * rows + row}
     */
    void addTo(RunList runs, int line);
  }

  private Runs(GridSize size, int[] lineStarts) {
    int count = lineStarts[lineStarts.length - 1];
    this.size = size;
    this.lineStarts = lineStarts;
    this.starts = new int[count];
    this.ends = new int[count];
    this.labels = new short[count];
    this.parents = new int[count];
  }

  /** Finds all runs of a grid, and connects those that have the same label and touch. */
  static Runs find(GridSize size, Line source, Touching touching) {
    var lineStarts = new int[size.rows() * size.slices() + 1];
    var found = new RunList[size.slices()];
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(slice -> found[slice] = search(size, source, slice, lineStarts));
    int before = 0;
    var firsts = new int[size.slices()];
    for (int slice = 0; slice < size.slices(); slice++) {
      firsts[slice] = before;
      before = Math.addExact(before, found[slice].count());
    }
    lineStarts[lineStarts.length - 1] = before;
    IntStream.range(0, lineStarts.length - 1)
        .forEach(line -> lineStarts[line] += firsts[line / size.rows()]);
    var runs = new Runs(size, lineStarts);
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(slice -> found[slice].copyTo(firsts[slice], runs.starts, runs.ends, runs.labels));
    runs.connect(touching == Touching.FACES ? 0 : 1);
    return runs;
  }

  private static RunList search(GridSize size, Line source, int slice, int[] lineStarts) {
    var runs = new RunList();
    for (int line = slice * size.rows(); line < (slice + 1) * size.rows(); line++) {
      lineStarts[line] = runs.count();
      source.addTo(runs, line);
    }
    return runs;
  }

  int count() {
    return starts.length;
  }

  int start(int run) {
    return starts[run];
  }

  int end(int run) {
    return ends[run];
  }

  int length(int run) {
    return ends[run] - starts[run];
  }

  short label(int run) {
    return labels[run];
  }

  /** The first run of its component. */
  int root(int run) {
    return parents[run];
  }

  /** The first run of a line; that of the line after the last is the count. */
  int lineStart(int line) {
    return lineStarts[line];
  }

  /** Whether a line has a run of a label with a voxel in a range of array indices. */
  boolean meets(int line, short label, int from, int to) {
    int low = lineStarts[line];
    int high = lineStarts[line + 1];
    int last = high;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int run = low; run < last && starts[run] < to; run++) {
      if (labels[run] == label) {
        return true;
      }
    }
    return false;
  }

  /** Blocks of slices are joined within in parallel, then block to block. */
  private void connect(int reach) {
    int blocks = Math.min(BLOCKS, size.slices());
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int first = (int) ((long) size.slices() * block / blocks);
              int last = (int) ((long) size.slices() * (block + 1) / blocks);
              for (int run = lineStarts[first * size.rows()];
                  run < lineStarts[last * size.rows()];
                  run++) {
                parents[run] = run;
              }
              for (int slice = first; slice < last; slice++) {
                joinRows(slice, reach);
                if (slice > first) {
                  joinToSliceBefore(slice, reach);
                }
              }
            });
    for (int block = 1; block < blocks; block++) {
      joinToSliceBefore((int) ((long) size.slices() * block / blocks), reach);
    }
    for (int run = 0; run < parents.length; run++) {
      parents[run] = parents[parents[run]];
    }
  }

  private void joinRows(int slice, int reach) {
    for (int row = 1; row < size.rows(); row++) {
      int line = slice * size.rows() + row;
      join(line, line - 1, reach);
    }
  }

  private void joinToSliceBefore(int slice, int reach) {
    for (int row = 0; row < size.rows(); row++) {
      int line = slice * size.rows() + row;
      int last = Math.min(size.rows() - 1, row + reach);
      for (int near = Math.max(0, row - reach); near <= last; near++) {
        join(line, line - size.rows() - row + near, reach);
      }
    }
  }

  /** Joins the runs of two lines that overlap or, with a reach of 1, touch by a corner. */
  private void join(int a, int b, int reach) {
    int run = lineStarts[a];
    int other = lineStarts[b];
    int lastRun = lineStarts[a + 1];
    int lastOther = lineStarts[b + 1];
    int shift = (a - b) * size.columns();
    while (run < lastRun && other < lastOther) {
      int otherEnd = ends[other] + shift;
      if (starts[run] < otherEnd + reach && starts[other] + shift < ends[run] + reach) {
        union(run, other);
      }
      // Where both end and the next run begins at once, that run still meets the other's corner.
      if (ends[run] == otherEnd && reach == 1 && run + 1 < lastRun && starts[run + 1] == otherEnd) {
        union(run + 1, other);
      }
      if (ends[run] < otherEnd) {
        run++;
      } else {
        other++;
      }
    }
  }

  /** The smaller root wins, so that the outcome does not hang on the order of joins. */
  private void union(int a, int b) {
    if (labels[a] != labels[b]) {
      return;
    }
    int rootA = climb(a);
    int rootB = climb(b);
    parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int climb(int run) {
    int at = run;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }
}
