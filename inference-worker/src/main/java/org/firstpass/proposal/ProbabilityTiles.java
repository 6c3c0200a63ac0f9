package org.firstpass.proposal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.ProbabilityMapCodec;
import org.firstpass.volume.VoxelBox;
import org.jspecify.annotations.Nullable;

/**
 * The probabilities of one segment, in squares of 16 x 16 voxels of a slice that exist where
 * something is likely. Different slices may be written at the same time.
 */
final class ProbabilityTiles implements ProbabilityMapCodec.Source {
  private static final int SHIFT = 4;
  private static final int SIDE = 1 << SHIFT;
  private static final int WITHIN = SIDE - 1;

  // Of what is not there yet.
  private static final byte[] NO_TILE = new byte[0];
  private static final byte[][] NO_TILES = new byte[0][];

  private final int segmentNumber;
  private final GridSize size;
  private final AtomicLong bytes;
  private final int across;
  private final int down;
  private final byte[][][] slices;
  private @Nullable VoxelBox box;

  /**
   * @param bytes is raised by what is allocated
   */
  ProbabilityTiles(int segmentNumber, GridSize size, AtomicLong bytes) {
    this.segmentNumber = segmentNumber;
    this.size = size;
    this.bytes = bytes;
    this.across = (size.columns() + WITHIN) >> SHIFT;
    this.down = (size.rows() + WITHIN) >> SHIFT;
    this.slices = new byte[size.slices()][][];
    Arrays.fill(slices, NO_TILES);
  }

  @Override
  public int segmentNumber() {
    return segmentNumber;
  }

  /**
   * @param at on the grid of the series
   */
  void put(int at, int value) {
    int slice = at / size.voxelsPerSlice();
    int inSlice = at - slice * size.voxelsPerSlice();
    int row = inSlice / size.columns();
    int column = inSlice - row * size.columns();
    byte[][] tiles = slices[slice];
    if (tiles.length == 0) {
      tiles = new byte[across * down][];
      Arrays.fill(tiles, NO_TILE);
      slices[slice] = tiles;
      bytes.addAndGet((long) tiles.length * Integer.BYTES);
    }
    int number = (row >> SHIFT) * across + (column >> SHIFT);
    byte[] tile = tiles[number];
    if (tile.length == 0) {
      tile = new byte[SIDE * SIDE];
      tiles[number] = tile;
      bytes.addAndGet(tile.length);
    }
    tile[(row & WITHIN) << SHIFT | column & WITHIN] = (byte) value;
  }

  int at(int index) {
    int slice = index / size.voxelsPerSlice();
    int inSlice = index - slice * size.voxelsPerSlice();
    int row = inSlice / size.columns();
    int column = inSlice - row * size.columns();
    byte[][] tiles = slices[slice];
    if (tiles.length == 0) {
      return 0;
    }
    byte[] tile = tiles[(row >> SHIFT) * across + (column >> SHIFT)];
    int within = (row & WITHIN) << SHIFT | column & WITHIN;
    return tile.length == 0 ? 0 : Byte.toUnsignedInt(tile[within]);
  }

  boolean isEmpty() {
    return Arrays.stream(slices).allMatch(each -> each.length == 0);
  }

  @Override
  public synchronized VoxelBox box() {
    VoxelBox known = box;
    if (known == null) {
      known = found();
      box = known;
    }
    return known;
  }

  @Override
  public void read(int row, int slice, byte[] target) {
    Arrays.fill(target, (byte) 0);
    byte[][] tiles = slices[slice];
    int first = box().firstColumn();
    int column = first;
    while (tiles.length > 0 && column < first + target.length) {
      int next = Math.min(first + target.length, (column | WITHIN) + 1);
      byte[] tile = tiles[(row >> SHIFT) * across + (column >> SHIFT)];
      if (tile.length > 0) {
        int from = (row & WITHIN) << SHIFT | column & WITHIN;
        System.arraycopy(tile, from, target, column - first, next - column);
      }
      column = next;
    }
  }

  /** As small as it can be; there is one voxel at least. */
  private VoxelBox found() {
    int[] least = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    int[] most = {-1, -1, -1};
    for (int slice = 0; slice < slices.length; slice++) {
      byte[][] tiles = slices[slice];
      for (int number = 0; number < tiles.length; number++) {
        byte[] tile = tiles[number];
        for (int i = 0; i < tile.length; i++) {
          if (tile[i] != 0) {
            int column = (number % across << SHIFT) + (i & WITHIN);
            widen(least, most, column, (number / across << SHIFT) + (i >> SHIFT), slice);
          }
        }
      }
    }
    return new VoxelBox(least[0], least[1], least[2], most[0], most[1], most[2]);
  }

  private static void widen(int[] least, int[] most, int... index) {
    for (int axis = 0; axis < index.length; axis++) {
      least[axis] = Math.min(least[axis], index[axis]);
      most[axis] = Math.max(most[axis], index[axis]);
    }
  }
}
