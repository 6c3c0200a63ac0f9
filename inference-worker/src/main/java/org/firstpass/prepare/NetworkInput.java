package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;

/**
 * One channel on the network's grid, ready for it: float32, order D, H, W (slice, row, column).
 *
 * <p>Whoever holds it may read the array and must not write to it.
 */
public final class NetworkInput {
  private final GridGeometry grid;
  private final float[] values;

  /** The array is taken over, not copied. */
  public NetworkInput(GridGeometry grid, float[] values) {
    if (values.length != grid.size().voxels()) {
      throw new IllegalArgumentException(
          "a grid of "
              + grid.size()
              + " has "
              + grid.size().voxels()
              + " values, but got "
              + values.length);
    }
    this.grid = grid;
    this.values = values;
  }

  public GridGeometry grid() {
    return grid;
  }

  /** The values themselves, not a copy: a network's input is large. */
  public float[] values() {
    return values;
  }
}
