package org.firstpass.worker;

import java.util.Map;
import java.util.TreeMap;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.VoxelPosition;
import org.firstpass.volume.LabelMap;

/**
 * How two label maps agree, on the voxels of the second: each is given the nearest label of the
 * first, through patient space, since the two may be stored in different orders.
 *
 * @param dice per label that either of them has
 */
record Overlap(Map<Integer, Double> dice) {
  private static final int MOST_LABELS = 256;

  /**
   * @param names what the labels of {@code expected} are called in {@code found}, others are left
   *     out; empty if they are the same
   */
  static Overlap of(LabelMap found, LabelMap expected, Map<Integer, Integer> names) {
    var here = new long[MOST_LABELS];
    var there = new long[MOST_LABELS];
    var both = new long[MOST_LABELS];
    GridGeometry grid = expected.geometry();
    GridSize size = grid.size();
    for (int index = 0; index < size.voxels(); index++) {
      int was = expected.labelAt(index);
      int meant = names.isEmpty() ? was : names.getOrDefault(was, 0);
      int is =
          nearest(
              found,
              found
                  .geometry()
                  .toIndex(
                      grid.toPatient(
                          index % size.columns(),
                          index / size.columns() % size.rows(),
                          index / size.voxelsPerSlice())));
      here[is]++;
      there[meant]++;
      both[is] += is == meant ? 1 : 0;
    }
    Map<Integer, Double> dice = new TreeMap<>();
    for (int label = 1; label < MOST_LABELS; label++) {
      boolean counts = names.isEmpty() || names.containsValue(label);
      if (counts && here[label] + there[label] > 0) {
        dice.put(label, 2.0 * both[label] / (here[label] + there[label]));
      }
    }
    return new Overlap(dice);
  }

  private static int nearest(LabelMap labels, VoxelPosition at) {
    int column = (int) Math.rint(at.column());
    int row = (int) Math.rint(at.row());
    int slice = (int) Math.rint(at.slice());
    return labels.geometry().size().contains(column, row, slice)
        ? labels.labelAt(column, row, slice)
        : 0;
  }
}
