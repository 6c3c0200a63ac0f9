package org.firstpass.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.WindowSpec;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.model.WindowSpec.Sliding;

/**
 * Where windows lie on a grid, as MONAI's sliding_window_inference or nnU-Net v2 places them.
 *
 * <p>A grid that is smaller than the window is padded on both sides, the smaller half first, so a
 * start may be negative. A 2-D network has one window or several for each slice.
 *
 * @param window size of each
 * @param starts slice outermost, column innermost
 * @param overlapping whether any voxel lies in more than one of them
 */
record WindowPlan(GridSize window, List<Start> starts, boolean overlapping) {
  WindowPlan {
    starts = List.copyOf(starts);
  }

  /** The grid index of a window's first voxel. */
  record Start(int column, int row, int slice) {}

  /** The windows that a package's manifest asks for. */
  static WindowPlan of(GridSize grid, ModelManifest manifest) {
    boolean flat = manifest.input().seesSlices();
    if (manifest.windows() instanceof Sliding sliding) {
      List<Integer> patch = sliding.patch();
      var window = new GridSize(patch.get(2), patch.get(1), flat ? 1 : patch.get(0));
      return sliding(grid, window, sliding.overlap(), sliding.effectivePlacement(), flat);
    }
    int multiple = manifest.windows() instanceof WindowSpec.Whole whole ? whole.multiple() : 1;
    return whole(grid, multiple, flat);
  }

  /**
   * @param flat whether the windows lie in one slice each, and every slice has its own
   */
  static WindowPlan sliding(
      GridSize grid, GridSize window, double overlap, Placement placement, boolean flat) {
    List<Integer> slices =
        flat
            ? IntStream.range(0, grid.slices()).boxed().toList()
            : axis(grid.slices(), window.slices(), overlap, placement);
    List<Integer> rows = axis(grid.rows(), window.rows(), overlap, placement);
    List<Integer> columns = axis(grid.columns(), window.columns(), overlap, placement);
    List<Start> starts = new ArrayList<>();
    for (int slice : slices) {
      for (int row : rows) {
        for (int column : columns) {
          starts.add(new Start(column, row, slice));
        }
      }
    }
    boolean overlapping =
        overlaps(slices, window.slices())
            || overlaps(rows, window.rows())
            || overlaps(columns, window.columns());
    return new WindowPlan(window, starts, overlapping);
  }

  /** One window over all of it, or over all of each slice, each axis padded to a multiple. */
  static WindowPlan whole(GridSize grid, int multiple, boolean flat) {
    var window =
        new GridSize(
            roundUp(grid.columns(), multiple),
            roundUp(grid.rows(), multiple),
            flat ? 1 : roundUp(grid.slices(), multiple));
    return sliding(grid, window, 0, Placement.MONAI, flat);
  }

  /** The first slice that windows from this one on, in order, still touch. */
  int firstSliceFrom(int index, GridSize grid) {
    return index < starts.size() ? Math.max(0, starts.get(index).slice()) : grid.slices();
  }

  private static List<Integer> axis(int size, int window, double overlap, Placement placement) {
    int padded = Math.max(size, window);
    int before = (padded - size) / 2;
    List<Integer> starts =
        placement == Placement.NNUNET
            ? evenly(padded, window, overlap)
            : regularly(padded, window, overlap);
    return starts.stream().map(start -> start - before).toList();
  }

  /** MONAI: at whole intervals, and the last one shifted back to end at the edge. */
  private static List<Integer> regularly(int size, int window, double overlap) {
    int interval = window == size ? window : Math.max((int) (window * (1 - overlap)), 1);
    List<Integer> starts = new ArrayList<>();
    for (int start = 0; start + window < size; start += interval) {
      starts.add(start);
    }
    starts.add(size - window);
    return starts;
  }

  /** nnU-Net: as many as the interval asks for, at equal distances from edge to edge. */
  private static List<Integer> evenly(int size, int window, double overlap) {
    int last = size - window;
    int steps = (int) Math.ceil(last / (window * (1 - overlap))) + 1;
    if (steps == 1) {
      return List.of(0);
    }
    double distance = (double) last / (steps - 1);
    return IntStream.range(0, steps).mapToObj(step -> (int) Math.rint(distance * step)).toList();
  }

  private static boolean overlaps(List<Integer> starts, int window) {
    return IntStream.range(1, starts.size())
        .anyMatch(at -> starts.get(at) - starts.get(at - 1) < window);
  }

  private static int roundUp(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
