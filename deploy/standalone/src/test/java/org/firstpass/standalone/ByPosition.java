package org.firstpass.standalone;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.volume.LabelMap;

/** Label maps of different grids, compared where they lie in the patient. */
final class ByPosition {
  private static final int CORNERS = 8;
  private static final int LABELS = 16;

  private ByPosition() {}

  /**
   * At each position of a grid the label that weighs most among the eight voxels around it,
   * weighted as in trilinear interpolation; background beyond.
   */
  static LabelMap on(GridGeometry grid, LabelMap labels) {
    GridSize size = grid.size();
    var found = new short[size.voxels()];
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(
            slice -> {
              int first = slice * size.voxelsPerSlice();
              for (int pixel = 0; pixel < size.voxelsPerSlice(); pixel++) {
                VoxelPosition at =
                    labels
                        .geometry()
                        .toIndex(
                            grid.toPatient(pixel % size.columns(), pixel / size.columns(), slice));
                found[first + pixel] = (short) heaviest(labels, at);
              }
            });
    return new LabelMap(grid, found);
  }

  private static int heaviest(LabelMap labels, VoxelPosition at) {
    int column = (int) Math.floor(at.column());
    int row = (int) Math.floor(at.row());
    int slice = (int) Math.floor(at.slice());
    var weights = new double[LABELS];
    for (int corner = 0; corner < CORNERS; corner++) {
      int c = column + (corner & 1);
      int r = row + (corner >> 1 & 1);
      int s = slice + (corner >> 2);
      int label = labels.geometry().size().contains(c, r, s) ? labels.labelAt(c, r, s) : 0;
      weights[label] +=
          (1 - Math.abs(at.column() - c))
              * (1 - Math.abs(at.row() - r))
              * (1 - Math.abs(at.slice() - s));
    }
    int heaviest = 0;
    for (int label = 1; label < LABELS; label++) {
      heaviest = weights[label] > weights[heaviest] ? label : heaviest;
    }
    return heaviest;
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
