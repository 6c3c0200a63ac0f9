package org.firstpass.volume;

import java.util.HashMap;
import java.util.Map;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;

/**
 * What two label maps of one grid have of one label, in voxels.
 *
 * @param first voxels in the first map
 * @param second voxels in the second map
 * @param both voxels in both
 * @param box that has all of them
 */
public record LabelOverlap(long first, long second, long both, VoxelBox box) {

  /** What there is of each label but background, by label; a label in neither map is not there. */
  public static Map<Integer, LabelOverlap> ofEach(LabelMap first, LabelMap second) {
    GridGeometry.requireSameGrid(first.geometry(), second.geometry());
    GridSize size = first.geometry().size();
    var found = new HashMap<Integer, Tally>();
    int at = 0;
    while (at < size.voxels()) {
      int one = first.labelAt(at);
      int other = second.labelAt(at);
      // Only where there is a label the run has to end with its row.
      int end = one + other == 0 ? size.voxels() : at - at % size.columns() + size.columns();
      int next = Math.min(first.endOfRun(at, end), second.endOfRun(at, end));
      if (one != 0) {
        found.computeIfAbsent(one, any -> new Tally()).add(size, at, next, true, one == other);
      }
      if (other != 0 && other != one) {
        found.computeIfAbsent(other, any -> new Tally()).add(size, at, next, false, true);
      }
      at = next;
    }
    var overlaps = new HashMap<Integer, LabelOverlap>();
    found.forEach((label, tally) -> overlaps.put(label, tally.overlap()));
    return overlaps;
  }

  /** The Dice similarity coefficient, 2 |A and B| / (|A| + |B|). */
  public double dice() {
    return 2.0 * both / (first + second);
  }

  /** The Jaccard index, |A and B| / |A or B|. */
  public double intersectionOverUnion() {
    return (double) both / (first + second - both);
  }

  /**
   * Counts run by run: most of a volume is one long run of background in both, which is passed over
   * at once.
   */
  private static final class Tally {
    private long first;
    private long second;
    private long both;
    private int firstColumn = Integer.MAX_VALUE;
    private int firstRow = Integer.MAX_VALUE;
    private int firstSlice = Integer.MAX_VALUE;
    private int lastColumn = -1;
    private int lastRow = -1;
    private int lastSlice = -1;

    void add(GridSize size, int start, int end, boolean inFirst, boolean inSecond) {
      int length = end - start;
      first += inFirst ? length : 0;
      second += inSecond ? length : 0;
      both += inFirst && inSecond ? length : 0;
      int line = start / size.columns();
      firstColumn = Math.min(firstColumn, start % size.columns());
      lastColumn = Math.max(lastColumn, start % size.columns() + length - 1);
      firstRow = Math.min(firstRow, line % size.rows());
      lastRow = Math.max(lastRow, line % size.rows());
      firstSlice = Math.min(firstSlice, line / size.rows());
      lastSlice = Math.max(lastSlice, line / size.rows());
    }

    LabelOverlap overlap() {
      var box = new VoxelBox(firstColumn, firstRow, firstSlice, lastColumn, lastRow, lastSlice);
      return new LabelOverlap(first, second, both, box);
    }
  }
}
