package org.firstpass.inference;

import java.util.Arrays;
import org.firstpass.failure.Defect;
import org.firstpass.failure.ReasonCode;
import org.firstpass.geometry.GridSize;
import org.firstpass.prepare.NetworkSlab;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive slices of the network's grid that windows are blended into: means per channel,
 * the weights so far, and the agreement of passes; order slice, row, column. One thread at a time.
 */
final class SliceBlock {
  private static final int INFINITE = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private final BlendPlan plan;
  private final Means means;
  private final Means.@Nullable Full agreement;
  private final float @Nullable [] weights;
  private int firstSlice;
  private int slices;

  SliceBlock(BlendPlan plan) {
    int voxels = plan.slices() * plan.grid().voxelsPerSlice();
    this.plan = plan;
    this.means =
        plan.halved()
            ? new Means.Halved(plan.channels(), voxels)
            : new Means.Full(plan.channels(), voxels);
    this.agreement = plan.severalPasses() ? new Means.Full(1, voxels) : null;
    this.weights = plan.importance() == null ? null : new float[voxels];
  }

  /** Empties it for the slices of a block. */
  void begin(int block) {
    firstSlice = block * plan.slices();
    slices = Math.min(plan.slices(), plan.grid().slices() - firstSlice);
    if (weights == null) {
      // Every voxel is written once and needs no start.
      return;
    }
    Arrays.fill(weights, 0);
    means.clear();
    if (agreement != null) {
      agreement.clear();
    }
  }

  /** The first slice behind it. */
  int end() {
    return firstSlice + slices;
  }

  /**
   * Adds one slice of a window.
   *
   * @param slice of the grid
   * @param room two slices of a window
   */
  void add(WindowPart part, int slice, WindowValues values, float[][] room) {
    int base = (slice - firstSlice) * plan.grid().voxelsPerSlice();
    int inWindow = slice - part.start().slice();
    float[] plane = room[0];
    float[] shares = room[1];
    takeShares(part, base, inWindow, shares);
    for (int channel = 0; channel < plan.channels(); channel++) {
      values.read(channel, inWindow, plane);
      add(part, base, means, channel, plane, shares);
    }
    if (agreement != null) {
      values.readAgreement(inWindow, plane);
      add(part, base, agreement, 0, plane, shares);
    }
  }

  /**
   * What the network said of these slices, final.
   *
   * @param room for values in float32, of which only half precision makes use
   * @throws Defect OUTPUT_NOT_FINITE if a value is no number or infinite
   */
  NetworkSlab slab(float[][] room) {
    int voxels = slices * plan.grid().voxelsPerSlice();
    float[][] values = means.values(room, voxels);
    for (float[] channel : values) {
      int largest = 0;
      for (int at = 0; at < voxels; at++) {
        // Without their sign, patterns are in the order of the values; those of no numbers are
        // last.
        largest = Math.max(largest, Float.floatToRawIntBits(channel[at]) & Integer.MAX_VALUE);
      }
      if (largest >= INFINITE) {
        throw new Defect(
            ReasonCode.OUTPUT_NOT_FINITE,
            "the network's values must be finite, but in slices "
                + firstSlice
                + " to "
                + (end() - 1)
                + " of its grid some are not");
      }
    }
    return new NetworkSlab(
        firstSlice, slices, values, agreement == null ? null : agreement.values(room, 0)[0]);
  }

  /** How far each mean moves: the window's weight as a share of all weights so far. */
  private void takeShares(WindowPart part, int base, int inWindow, float[] shares) {
    float[] map = plan.importance();
    if (weights == null || map == null) {
      return;
    }
    GridSize window = plan.window();
    for (int row = part.firstRow(); row < part.endRow(); row++) {
      int from = row * window.columns() + part.firstColumn();
      int weight = inWindow * window.voxelsPerSlice() + from;
      int at = base + part.target(row, plan.grid());
      for (int i = 0; i < part.columns(); i++) {
        float sum = weights[at + i] + map[weight + i];
        weights[at + i] = sum;
        shares[from + i] = map[weight + i] / sum;
      }
    }
  }

  private void add(
      WindowPart part, int base, Means target, int channel, float[] plane, float[] shares) {
    for (int row = part.firstRow(); row < part.endRow(); row++) {
      int from = row * plan.window().columns() + part.firstColumn();
      int at = base + part.target(row, plan.grid());
      if (weights == null) {
        target.set(channel, at, plane, from, part.columns());
      } else {
        target.move(channel, at, plane, shares, from, part.columns());
      }
    }
  }
}
