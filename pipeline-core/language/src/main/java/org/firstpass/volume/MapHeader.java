package org.firstpass.volume;

import java.nio.ByteBuffer;
import org.firstpass.geometry.GridSize;

/** The sizes at the head of a stored map: columns, rows, slices. */
final class MapHeader {
  private MapHeader() {}

  /**
   * Reads the sizes and holds them against those of a grid.
   *
   * @param what the map is called in the refusal, with its article
   * @throws IllegalArgumentException if it is a map of another grid
   */
  static void requireGrid(ByteBuffer sizes, GridSize grid, String what) {
    int columns = sizes.getInt();
    int rows = sizes.getInt();
    int slices = sizes.getInt();
    if (columns != grid.columns() || rows != grid.rows() || slices != grid.slices()) {
      throw new IllegalArgumentException(
          "expected "
              + what
              + " of "
              + grid
              + ", found one of "
              + columns
              + " x "
              + rows
              + " x "
              + slices);
    }
  }
}
