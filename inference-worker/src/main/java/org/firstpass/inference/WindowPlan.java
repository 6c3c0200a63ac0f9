package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridSize;

/**
 * Where windows lie on a grid, as MONAI's sliding_window_inference places them.
 *
 * <p>A grid that is smaller than the window is padded on both sides, the smaller half first, so a
 * start may be negative.
 *
 * @param window size of each
 * @param starts slice outermost, column innermost
 */
record WindowPlan(GridSize window, List<Start> starts) {
  WindowPlan {
    starts = List.copyOf(starts);
  }

  /** The grid index of a window's first voxel. */
  record Start(int column, int row, int slice) {}

  static WindowPlan sliding(GridSize grid, GridSize window, double overlap) {
    List<Start> starts = new ArrayList<>();
    for (int slice : axis(grid.slices(), window.slices(), overlap)) {
      for (int row : axis(grid.rows(), window.rows(), overlap)) {
        for (int column : axis(grid.columns(), window.columns(), overlap)) {
          starts.add(new Start(column, row, slice));
        }
      }
    }
    return new WindowPlan(window, starts);
  }

  /** One window over all of it, each axis padded to a multiple. */
  static WindowPlan whole(GridSize grid, int multiple) {
    var window =
        new GridSize(
            roundUp(grid.columns(), multiple),
            roundUp(grid.rows(), multiple),
            roundUp(grid.slices(), multiple));
    return sliding(grid, window, 0);
  }

  private static List<Integer> axis(int size, int window, double overlap) {
    int before = Math.max(0, window - size) / 2;
    int padded = Math.max(size, window);
    int interval = window == padded ? window : Math.max((int) (window * (1 - overlap)), 1);
    List<Integer> starts = new ArrayList<>();
    int start = 0;
    while (start + window < padded) {
      starts.add(start - before);
      start += interval;
    }
    starts.add(padded - window - before);
    return starts;
  }

  private static int roundUp(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
