package org.firstpass.prepare;

import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.CropSpec;
import org.firstpass.volume.VoxelBox;

/** Cuts the network's grid down to the box around the values above a limit. */
final class Cropping {
  private Cropping() {}

  /** The box around the values above the limit and its margin; all if there is none. */
  static VoxelBox box(float[] values, GridGeometry grid, CropSpec.Above crop) {
    return TightBox.around(ValueLines.of(values, grid.size()), value -> value > crop.above())
        .map(box -> box.grown(crop.marginMm(), grid.spacing(), grid.size()))
        .orElseGet(() -> RegionOfInterest.whole(grid).box());
  }

  /** The values of a box, order slice, row, column; the array itself if the box is all of it. */
  static float[] cut(float[] values, GridSize size, VoxelBox box) {
    GridSize part = box.size();
    if (part.equals(size)) {
      return values;
    }
    var kept = new float[part.voxels()];
    for (int slice = 0; slice < part.slices(); slice++) {
      for (int row = 0; row < part.rows(); row++) {
        int from = size.index(box.firstColumn(), box.firstRow() + row, box.firstSlice() + slice);
        System.arraycopy(values, from, kept, part.index(0, row, slice), part.columns());
      }
    }
    return kept;
  }
}
