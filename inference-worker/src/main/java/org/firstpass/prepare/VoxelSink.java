package org.firstpass.prepare;

import org.firstpass.geometry.GridSize;

/**
 * Hears what the network says of voxels of the series while they are restored, each of those within
 * the network's grid once.
 *
 * <p>{@link #begin} is called by one thread before the voxels of a slab, the others by several at a
 * time; those of one slice of the series by one thread at a time.
 */
public interface VoxelSink {
  /**
   * The next slices came.
   *
   * @param network the network's grid
   * @param chosen the segment numbers on it, of the slices that have come
   */
  void begin(NetworkSlab slab, GridSize network, short[] chosen);

  /**
   * Whether nothing new is to be heard of a voxel whose neighbours on the network's grid all chose
   * the same segment; takes note of the voxel if so.
   *
   * @param target its place on the grid of the series
   * @param at the first of its neighbours on the network's grid; the others are as many places
   *     behind it as the steps say, 0 where there is none
   */
  boolean isSettled(int target, int at, int nextColumn, int nextRow, int nextSlice);

  /**
   * Takes what the network says of a voxel.
   *
   * @param target its place on the grid of the series
   * @param values of the channels that have a say, interpolated: all of them if classes exclude
   *     each other, otherwise the labelled ones in the manifest's order; may be overwritten, and
   *     are used again
   */
  void take(int target, float[] values);
}
