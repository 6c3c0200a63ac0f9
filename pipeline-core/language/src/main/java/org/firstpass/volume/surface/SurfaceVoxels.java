package org.firstpass.volume.surface;

import java.util.Arrays;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.LabelMap;
import org.firstpass.volume.VoxelBox;

/**
 * The voxels of a label that have a face towards another label or the outside of the grid.
 *
 * <p>Their indices ascend (slice, row, column, column fastest).
 */
final class SurfaceVoxels {
  private final LabelMap labels;
  private final int label;
  private final GridSize size;
  private int[] found = new int[1024];
  private int count;

  private SurfaceVoxels(LabelMap labels, int label) {
    this.labels = labels;
    this.label = label;
    this.size = labels.geometry().size();
  }

  /**
   * The surface of a label.
   *
   * @param box that has all of the label
   */
  static int[] of(LabelMap labels, int label, VoxelBox box) {
    var surface = new SurfaceVoxels(labels, label);
    for (int slice = box.firstSlice(); slice <= box.lastSlice(); slice++) {
      for (int row = box.firstRow(); row <= box.lastRow(); row++) {
        surface.addLine(box, row, slice);
      }
    }
    return Arrays.copyOf(surface.found, surface.count);
  }

  private void addLine(VoxelBox box, int row, int slice) {
    int line = size.index(0, row, slice);
    int at = line + box.firstColumn();
    int end = line + box.lastColumn() + 1;
    while (at < end) {
      int next = labels.endOfRun(at, end);
      if (labels.labelAt(at) == label) {
        addRun(at, next, row, slice);
      }
      at = next;
    }
  }

  /** A run's ends are on the surface, for the box has all of the label. */
  private void addRun(int start, int end, int row, int slice) {
    boolean atBorder =
        row == 0 || row == size.rows() - 1 || slice == 0 || slice == size.slices() - 1;
    for (int index = start; index < end; index++) {
      if (index == start || index == end - 1 || atBorder || hasOtherBeside(index)) {
        add(index);
      }
    }
  }

  private boolean hasOtherBeside(int index) {
    int perSlice = size.voxelsPerSlice();
    return labels.labelAt(index - size.columns()) != label
        || labels.labelAt(index + size.columns()) != label
        || labels.labelAt(index - perSlice) != label
        || labels.labelAt(index + perSlice) != label;
  }

  private void add(int index) {
    if (count == found.length) {
      found = Arrays.copyOf(found, 2 * count);
    }
    found[count++] = index;
  }
}
