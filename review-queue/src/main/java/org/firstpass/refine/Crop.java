package org.firstpass.refine;

import java.util.EnumSet;
import java.util.Set;
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
  private final Set<Face> cut;

  /** Where a box ends. */
  public enum Face {
    FIRST_COLUMN,
    LAST_COLUMN,
    FIRST_ROW,
    LAST_ROW,
    FIRST_SLICE,
    LAST_SLICE
  }

  /** A crop behind whose faces the image goes on. */
  public Crop(GridSize size, Spacing spacing, short[] values, byte[] mask) {
    this(size, spacing, values, mask, EnumSet.allOf(Face.class));
  }

  /**
   * @param values as they are sent to readers
   * @param mask 1 inside of the segment, otherwise 0
   * @param cut the faces behind which the image goes on
   */
  public Crop(GridSize size, Spacing spacing, short[] values, byte[] mask, Set<Face> cut) {
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
    this.cut = Set.copyOf(cut);
  }

  /** Whether the image goes on behind a voxel. */
  boolean isAtCut(int at) {
    int inSlice = at % size.voxelsPerSlice();
    int column = inSlice % size.columns();
    int row = inSlice / size.columns();
    int slice = at / size.voxelsPerSlice();
    return column == 0 && cut.contains(Face.FIRST_COLUMN)
        || column == size.columns() - 1 && cut.contains(Face.LAST_COLUMN)
        || row == 0 && cut.contains(Face.FIRST_ROW)
        || row == size.rows() - 1 && cut.contains(Face.LAST_ROW)
        || slice == 0 && cut.contains(Face.FIRST_SLICE)
        || slice == size.slices() - 1 && cut.contains(Face.LAST_SLICE);
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
