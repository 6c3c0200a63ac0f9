package org.firstpass.inference;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.prepare.NetworkInput;

/**
 * Copies windows of a grid into a network's input tensor; what lies outside the grid gets the
 * padding. A network that sees slices gets the neighbouring ones as channels before and after, all
 * channels of a slice together, and the border slice where there is none. Safe for use by many
 * threads.
 */
final class WindowGather {
  private final NetworkInput input;
  private final GridSize size;
  private final GridSize window;
  private final boolean flat;
  private final int neighbours;
  private final float padding;

  WindowGather(NetworkInput input, ModelManifest manifest, GridSize window) {
    this.input = input;
    this.size = input.grid().size();
    this.window = window;
    this.flat = manifest.input().seesSlices();
    this.neighbours = manifest.input().effectiveNeighbours();
    this.padding = (float) manifest.windows().padding();
  }

  /** Copies a window, turned round, to the values of a tensor from an index on. */
  void gather(WindowPlan.Start start, Mirror mirror, FloatBuffer target, int at) {
    var part = WindowPart.of(start, window, size);
    var plane = new float[window.voxelsPerSlice()];
    int to = at;
    if (flat) {
      for (int offset = -neighbours; offset <= neighbours; offset++) {
        int slice = Math.max(0, Math.min(size.slices() - 1, start.slice() + offset));
        for (int channel = 0; channel < input.channels(); channel++) {
          copy(input.channel(channel), slice, part, mirror, plane);
          target.put(to, plane);
          to += plane.length;
        }
      }
      return;
    }
    for (int channel = 0; channel < input.channels(); channel++) {
      for (int slice = 0; slice < window.slices(); slice++) {
        int inGrid = start.slice() + mirror.slice(slice, window.slices());
        copy(input.channel(channel), inGrid, part, mirror, plane);
        target.put(to, plane);
        to += plane.length;
      }
    }
  }

  /** Whether any value of the first channel that lies in a window is above a limit. */
  boolean isAnythingAbove(WindowPlan.Start start, double limit) {
    var part = WindowPart.of(start, window, size);
    float[] values = input.channel(0);
    for (int slice = part.firstSlice(); slice < part.endSlice(); slice++) {
      for (int row = part.firstRow(); row < part.endRow(); row++) {
        int from = slice * size.voxelsPerSlice() + part.target(row, size);
        for (int i = 0; i < part.columns(); i++) {
          if (values[from + i] > limit) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void copy(float[] values, int slice, WindowPart part, Mirror mirror, float[] plane) {
    if (slice < 0 || slice >= size.slices()) {
      Arrays.fill(plane, padding);
      return;
    }
    if (part.columns() < window.columns() || part.endRow() - part.firstRow() < window.rows()) {
      Arrays.fill(plane, padding);
    }
    for (int row = part.firstRow(); row < part.endRow(); row++) {
      int from = slice * size.voxelsPerSlice() + part.target(row, size);
      int to = row * window.columns() + part.firstColumn();
      System.arraycopy(values, from, plane, to, part.columns());
    }
    mirror.turn(plane, window.rows(), window.columns());
  }
}
