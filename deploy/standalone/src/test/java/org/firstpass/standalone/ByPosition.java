package org.firstpass.standalone;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.volume.LabelMap;

/** Label maps of different grids, compared where they lie in the patient. */
final class ByPosition {
  private ByPosition() {}

  /** The label of the nearest voxel at each position of a grid; background beyond. */
  static LabelMap on(GridGeometry grid, LabelMap labels) {
    GridSize size = grid.size();
    GridSize source = labels.geometry().size();
    var found = new short[size.voxels()];
    for (int index = 0; index < found.length; index++) {
      VoxelPosition at =
          labels
              .geometry()
              .toIndex(
                  grid.toPatient(
                      index % size.columns(),
                      index / size.columns() % size.rows(),
                      index / size.voxelsPerSlice()));
      int column = (int) Math.rint(at.column());
      int row = (int) Math.rint(at.row());
      int slice = (int) Math.rint(at.slice());
      if (source.contains(column, row, slice)) {
        found[index] = (short) labels.labelAt(column, row, slice);
      }
    }
    return new LabelMap(grid, found);
  }

  /** One label as 1, everything else as background. */
  static LabelMap only(LabelMap labels, int label) {
    var found = labels.toArray();
    for (int index = 0; index < found.length; index++) {
      found[index] = (short) (labels.labelAt(index) == label ? 1 : 0);
    }
    return new LabelMap(labels.geometry(), found);
  }
}
