package org.firstpass.correction;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;

/**
 * What two label maps have of one label, counted run by run: most of a volume is one long run of
 * background in both, which is passed over at once.
 */
final class LabelsBeside {
  private long before;
  private long after;
  private long both;
  private int firstColumn = Integer.MAX_VALUE;
  private int firstRow = Integer.MAX_VALUE;
  private int firstSlice = Integer.MAX_VALUE;
  private int lastColumn = -1;
  private int lastRow = -1;
  private int lastSlice = -1;

  private LabelsBeside() {}

  /** What there is of each label but background, by label. */
  static Map<Integer, LabelsBeside> of(LabelMap before, LabelMap after) {
    GridGeometry.requireSameGrid(before.geometry(), after.geometry());
    GridSize size = before.geometry().size();
    var found = new HashMap<Integer, LabelsBeside>();
    int at = 0;
    while (at < size.voxels()) {
      int was = before.labelAt(at);
      int is = after.labelAt(at);
      // Only where there is a label the run has to end with its row.
      int end = was + is == 0 ? size.voxels() : at - at % size.columns() + size.columns();
      int next = Math.min(before.endOfRun(at, end), after.endOfRun(at, end));
      if (was != 0) {
        found.computeIfAbsent(was, any -> new LabelsBeside()).add(size, at, next, true, was == is);
      }
      if (is != 0 && is != was) {
        found.computeIfAbsent(is, any -> new LabelsBeside()).add(size, at, next, false, true);
      }
      at = next;
    }
    return found;
  }

  private void add(GridSize size, int start, int end, boolean inBefore, boolean inAfter) {
    int length = end - start;
    before += inBefore ? length : 0;
    after += inAfter ? length : 0;
    both += inBefore && inAfter ? length : 0;
    int line = start / size.columns();
    firstColumn = Math.min(firstColumn, start % size.columns());
    lastColumn = Math.max(lastColumn, start % size.columns() + length - 1);
    firstRow = Math.min(firstRow, line % size.rows());
    lastRow = Math.max(lastRow, line % size.rows());
    firstSlice = Math.min(firstSlice, line / size.rows());
    lastSlice = Math.max(lastSlice, line / size.rows());
  }

  SegmentDifference difference() {
    var box = new VoxelBox(firstColumn, firstRow, firstSlice, lastColumn, lastRow, lastSlice);
    return new SegmentDifference(before, after, both, Optional.of(box));
  }
}
