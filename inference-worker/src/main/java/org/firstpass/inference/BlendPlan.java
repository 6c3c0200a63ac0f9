package org.firstpass.inference;

import org.firstpass.geometry.GridSize;
import org.firstpass.model.ModelManifest;
import org.firstpass.model.WindowSpec.Sliding;
import org.jspecify.annotations.Nullable;

/**
 * In what the windows of one grid are blended: blocks of slices, only so many of them at a time,
 * and how exactly. Immutable.
 */
final class BlendPlan {
  /** A block is about as large at most: enough work for a sink, little to wait for. */
  private static final long BLOCK_BYTES = 160L << 20;

  /** Just below a power of two, as an array with its header would waste most of a heap region. */
  private static final int MOST_SLICES = 7;

  /** Blocks that are final and wait for the sink, or are in its hands. */
  private static final int HANDED_OVER = 2;

  private final GridSize grid;
  private final WindowPlan windows;
  private final int channels;
  private final boolean severalPasses;
  private final float @Nullable [] importance;
  private final int slices;
  private final boolean halved;

  private BlendPlan(
      GridSize grid,
      WindowPlan windows,
      int channels,
      boolean severalPasses,
      float @Nullable [] importance,
      long allowed) {
    this.grid = grid;
    this.windows = windows;
    this.channels = channels;
    this.severalPasses = severalPasses;
    this.importance = importance;
    long perSlice = (long) Float.BYTES * channels * grid.voxelsPerSlice();
    this.slices =
        (int) Math.max(1, Math.min(Math.min(MOST_SLICES, grid.slices()), BLOCK_BYTES / perSlice));
    this.halved = importance != null && bytes(Float.BYTES) > allowed;
  }

  /**
   * @param passes over each window
   * @param allowed heap that blocks may take in float32; beyond it they are kept in half precision
   */
  static BlendPlan of(
      ModelManifest manifest, GridSize grid, WindowPlan windows, int passes, long allowed) {
    float[] importance =
        windows.overlapping() && manifest.windows() instanceof Sliding sliding
            ? ImportanceMap.of(windows.window(), sliding)
            : null;
    int channels = manifest.output().channels();
    return new BlendPlan(grid, windows, channels, passes > 1, importance, allowed);
  }

  GridSize grid() {
    return grid;
  }

  WindowPlan windows() {
    return windows;
  }

  GridSize window() {
    return windows.window();
  }

  int channels() {
    return channels;
  }

  boolean severalPasses() {
    return severalPasses;
  }

  /** Importance of each voxel of a window, order D, H, W; null if no two windows overlap. */
  float @Nullable [] importance() {
    return importance;
  }

  /** Slices of a block. */
  int slices() {
    return slices;
  }

  /** Whether the means are kept in half precision. */
  boolean halved() {
    return halved;
  }

  /** The block that a slice lies in, from 0. */
  int blockOf(int slice) {
    return slice / slices;
  }

  /** Blocks that are in memory at the same time, at most. */
  int blocks() {
    int all = (grid.slices() + slices - 1) / slices;
    return Math.min(all, open() + HANDED_OVER);
  }

  /** Room for one slab in float32, which only half precision needs. */
  float[][] slabRoom() {
    return halved ? new float[channels][slices * grid.voxelsPerSlice()] : new float[0][];
  }

  /** Heap that the blocks take. */
  long bytes() {
    return bytes(halved ? Short.BYTES : Float.BYTES);
  }

  private long bytes(int perValue) {
    long perVoxel = (long) perValue * channels;
    perVoxel += importance == null ? 0 : Float.BYTES;
    perVoxel += severalPasses ? Float.BYTES : 0;
    long room = perValue == Float.BYTES ? 0 : (long) Float.BYTES * channels;
    return ((blocks() * perVoxel) + room) * slices * grid.voxelsPerSlice();
  }

  /** Blocks that one window reaches into while others still may; they need not be aligned. */
  private int open() {
    boolean oneAfterTheOther = windows.starts().size() == 1 || !windows.overlapping();
    int reach = oneAfterTheOther && oneInEachSlice() ? 1 : windows.window().slices();
    return (reach + slices - 2) / slices + 1;
  }

  private boolean oneInEachSlice() {
    return windows.starts().stream().mapToInt(WindowPlan.Start::slice).distinct().count()
        == windows.starts().size();
  }
}
