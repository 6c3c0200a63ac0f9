package org.firstpass.refine;

import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;

/**
 * A box of an image with the mask of one segment in it: order slice, row, column (column fastest).
 * The arrays are lent, not copied, and nobody who refines writes them.
 */
public final class Crop {
  /** Along each axis. */
  public static final int LARGEST = 96;

  private final GridSize size;
  private final Spacing spacing;
  private final short[] values;
  private final byte[] mask;

  /**
   * @param values as they are sent to readers
   * @param mask 1 inside of the segment, otherwise 0
   */
  public Crop(GridSize size, Spacing spacing, short[] values, byte[] mask) {
    if (size.columns() > LARGEST || size.rows() > LARGEST || size.slices() > LARGEST) {
      throw new IllegalArgumentException("a crop is up to 96 voxels long, but is " + size);
    }
    if (values.length != size.voxels() || mask.length != size.voxels()) {
      throw new IllegalArgumentException("values and mask are of a crop of " + size);
    }
    this.size = size;
    this.spacing = spacing;
    this.values = values;
    this.mask = mask;
  }

  public GridSize size() {
    return size;
  }

  public Spacing spacing() {
    return spacing;
  }

  /**
   * @param at in the order of the crop
   */
  public boolean isInMask(int at) {
    return mask[at] == 1;
  }

  short[] values() {
    return values;
  }

  byte[] mask() {
    return mask;
  }

  boolean contains(Prompt prompt) {
    return size.contains(prompt.column(), prompt.row(), prompt.slice());
  }
}
