package org.firstpass.volume.contour;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;

/**
 * The added path length: how much contour of a segment had to be drawn because it was not in the
 * contour that was there before, in mm over all slices.
 *
 * <p>A contour passes half-way between the centres of a voxel of the segment and a voxel beside it
 * that is not (marching squares at one half; voxels that touch at a corner only are apart). The
 * tolerance is 0: both maps have one grid, so a contour that nobody touched is the same in both.
 *
 * @see "Vaassen et al. 2020, Phys Imaging Radiat Oncol 13:1-6, added path length"
 */
public final class AddedPath {
  /** The corners of a cell of four voxel centres, as bits of its pattern. */
  private static final int FIRST = 1;

  private static final int NEXT_COLUMN = 2;
  private static final int NEXT_ROW = 4;
  private static final int NEXT_BOTH = 8;
  private static final int ALL = FIRST | NEXT_COLUMN | NEXT_ROW | NEXT_BOTH;

  /** Straight pieces of a contour through a cell; the others cut off the corner of their bit. */
  private static final int ALONG_ROW = 16;

  private static final int ALONG_COLUMN = 32;
  private static final int[] PIECES = pieces();

  private final LabelMap before;
  private final LabelMap after;
  private final int label;
  private final GridSize size;

  private AddedPath(LabelMap before, LabelMap after, int label) {
    GridGeometry.requireSameGrid(before.geometry(), after.geometry());
    this.before = before;
    this.after = after;
    this.label = label;
    this.size = after.geometry().size();
  }

  /**
   * The length in mm.
   *
   * @param box that has all of the label in the map after
   */
  public static double mm(LabelMap before, LabelMap after, int label, VoxelBox box) {
    return new AddedPath(before, after, label).mm(box);
  }

  private double mm(VoxelBox box) {
    var counts = new long[1 << 6];
    for (int slice = box.firstSlice(); slice <= box.lastSlice(); slice++) {
      for (int row = box.firstRow() - 1; row <= box.lastRow(); row++) {
        count(box, row, slice, counts);
      }
    }
    double length = 0;
    for (int pieces = 1; pieces < counts.length; pieces++) {
      length += counts[pieces] * length(pieces);
    }
    return length;
  }

  /** Counts the pieces of the cells between two rows. */
  private void count(VoxelBox box, int row, int slice, long[] counts) {
    int pattern = 0;
    for (int column = box.firstColumn() - 1; column <= box.lastColumn(); column++) {
      // The corners of the next column become those of the first.
      pattern =
          (pattern & NEXT_COLUMN) >> 1
              | (pattern & NEXT_BOTH) >> 1
              | corner(after, column + 1, row, slice, NEXT_COLUMN)
              | corner(after, column + 1, row + 1, slice, NEXT_BOTH);
      if (pattern != 0 && pattern != ALL) {
        counts[PIECES[pattern] & ~PIECES[earlier(column, row, slice)]]++;
      }
    }
  }

  private int earlier(int column, int row, int slice) {
    return corner(before, column, row, slice, FIRST)
        | corner(before, column + 1, row, slice, NEXT_COLUMN)
        | corner(before, column, row + 1, slice, NEXT_ROW)
        | corner(before, column + 1, row + 1, slice, NEXT_BOTH);
  }

  private int corner(LabelMap labels, int column, int row, int slice, int bit) {
    return size.contains(column, row, slice) && labels.labelAt(column, row, slice) == label
        ? bit
        : 0;
  }

  private double length(int pieces) {
    double alongColumn = after.geometry().spacing().row();
    double alongRow = after.geometry().spacing().column();
    return Integer.bitCount(pieces & ALL) * Math.hypot(alongRow, alongColumn) / 2
        + Integer.bitCount(pieces & ALONG_ROW) * alongRow
        + Integer.bitCount(pieces & ALONG_COLUMN) * alongColumn;
  }

  /** The pieces of contour of each pattern of corners. */
  private static int[] pieces() {
    var pieces = new int[ALL + 1];
    for (int pattern = 1; pattern < ALL; pattern++) {
      pieces[pattern] =
          switch (pattern) {
            case FIRST | NEXT_COLUMN, NEXT_ROW | NEXT_BOTH -> ALONG_ROW;
            case FIRST | NEXT_ROW, NEXT_COLUMN | NEXT_BOTH -> ALONG_COLUMN;
            // Three corners leave the fourth cut off; one, or two across, are cut off themselves.
            default -> Integer.bitCount(pattern) == 3 ? ALL & ~pattern : pattern;
          };
    }
    return pieces;
  }
}
