package org.firstpass.inference;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.OutputSpec;
import org.firstpass.model.OutputSpec.Activation;
import org.firstpass.prepare.NetworkOutput;
import org.jspecify.annotations.Nullable;

/**
 * The weighted mean of overlapping windows: sum(map x values) / sum(map).
 *
 * <p>Windows are added one after the other and always in the order of the plan, so that rounding is
 * the same on every run. One thread at a time.
 */
final class WindowBlend {
  private final GridGeometry grid;
  private final GridSize size;
  private final GridSize window;
  private final OutputSpec spec;
  private final float @Nullable [] map;
  private final float[][] sums;
  private final float[] weights;
  private final float[] plane;

  /**
   * @param map importance of each voxel of a window, order D, H, W; null if no two windows overlap
   */
  WindowBlend(GridGeometry grid, GridSize window, OutputSpec spec, float @Nullable [] map) {
    this.grid = grid;
    this.size = grid.size();
    this.window = window;
    this.spec = spec;
    this.map = map;
    this.sums = new float[spec.channels()][size.voxels()];
    this.weights = new float[map == null ? 0 : size.voxels()];
    this.plane = new float[window.voxelsPerSlice()];
  }

  /** Adds what the network said of one window. Padding around the grid is left out. */
  void add(WindowPlan.Start start, NetworkCall call) {
    boolean decided = spec.activation() == Activation.ARGMAX;
    int channels = decided ? 1 : sums.length;
    int fromSlice = Math.max(0, -start.slice());
    int toSlice = Math.min(window.slices(), size.slices() - start.slice());
    for (int slice = fromSlice; slice < toSlice; slice++) {
      addWeights(start, slice);
      for (int channel = 0; channel < channels; channel++) {
        int from = channel * window.voxels() + slice * window.voxelsPerSlice();
        call.readOutput(from, plane, plane.length);
        if (decided) {
          addVotes(start, slice);
        } else {
          addValues(start, slice, sums[channel]);
        }
      }
    }
  }

  /**
   * Divides by the weights and hands the values over; nothing may be added afterwards.
   *
   * @throws Defect with {@link ReasonCode#INFERENCE_FAILED} if a value is not a number
   */
  NetworkOutput finish() {
    int perSlice = size.voxelsPerSlice();
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              for (float[] sum : sums) {
                finishRange(sum, slice * perSlice, (slice + 1) * perSlice);
              }
            });
    return new NetworkOutput(grid, spec.activation(), sums);
  }

  private void finishRange(float[] sum, int from, int to) {
    float check = 0;
    for (int at = from; at < to; at++) {
      if (map != null) {
        sum[at] /= weights[at];
      }
      // Zero for every finite value, not a number for any other: one test per slice is enough.
      check += sum[at] * 0;
    }
    if (check != 0) {
      throw new Defect(
          ReasonCode.INFERENCE_FAILED, "the network's values must be finite, but are not");
    }
  }

  private void addWeights(WindowPlan.Start start, int slice) {
    if (map == null) {
      return;
    }
    for (int row = firstRow(start); row < lastRow(start); row++) {
      int target = target(start, row, slice);
      int at = window.index(0, row, slice);
      for (int column = firstColumn(start); column < lastColumn(start); column++) {
        weights[target + column] += map[at + column];
      }
    }
  }

  private void addValues(WindowPlan.Start start, int slice, float[] sum) {
    int first = firstColumn(start);
    int last = lastColumn(start);
    for (int row = firstRow(start); row < lastRow(start); row++) {
      int target = target(start, row, slice);
      int line = row * window.columns();
      if (map == null) {
        System.arraycopy(plane, line + first, sum, target + first, last - first);
        continue;
      }
      addLine(sum, target, window.index(0, row, slice), line, first, last, map);
    }
  }

  private void addLine(
      float[] sum, int target, int at, int line, int first, int last, float[] importance) {
    for (int column = first; column < last; column++) {
      sum[target + column] += importance[at + column] * plane[line + column];
    }
  }

  private void addVotes(WindowPlan.Start start, int slice) {
    for (int row = firstRow(start); row < lastRow(start); row++) {
      int target = target(start, row, slice);
      for (int column = firstColumn(start); column < lastColumn(start); column++) {
        float label = plane[row * window.columns() + column];
        if (!(label >= 0 && label < sums.length)) {
          throw new Defect(
              ReasonCode.INFERENCE_FAILED,
              "the network's labels must be below " + sums.length + ", but one is " + label);
        }
        float weight = map == null ? 1 : map[window.index(column, row, slice)];
        sums[(int) label][target + column] += weight;
      }
    }
  }

  private int target(WindowPlan.Start start, int row, int slice) {
    // May lie before the line's first voxel; the first column makes up for it.
    return ((start.slice() + slice) * size.rows() + start.row() + row) * size.columns()
        + start.column();
  }

  private static int firstColumn(WindowPlan.Start start) {
    return Math.max(0, -start.column());
  }

  private int lastColumn(WindowPlan.Start start) {
    return Math.min(window.columns(), size.columns() - start.column());
  }

  private static int firstRow(WindowPlan.Start start) {
    return Math.max(0, -start.row());
  }

  private int lastRow(WindowPlan.Start start) {
    return Math.min(window.rows(), size.rows() - start.row());
  }

  /** Copies a window of a grid into a network's input; what lies outside gets the padding. */
  static void gather(
      float[] values, GridSize size, WindowPlan plan, WindowPlan.Start start, Target target) {
    GridSize window = plan.window();
    var line = new float[window.columns()];
    int first = firstColumn(start);
    int last = Math.min(window.columns(), size.columns() - start.column());
    for (int slice = 0; slice < window.slices(); slice++) {
      for (int row = 0; row < window.rows(); row++) {
        int at = window.index(0, row, slice);
        int inSlice = start.slice() + slice;
        int inRow = start.row() + row;
        if (!size.contains(0, inRow, inSlice)) {
          Arrays.fill(line, target.padding());
        } else {
          Arrays.fill(line, 0, first, target.padding());
          Arrays.fill(line, last, line.length, target.padding());
          int from = (inSlice * size.rows() + inRow) * size.columns() + start.column() + first;
          System.arraycopy(values, from, line, first, last - first);
        }
        target.call().input().put(at, line);
      }
    }
  }

  /** Where a gathered window goes, and what fills the rest of it. */
  record Target(NetworkCall call, float padding) {}
}
