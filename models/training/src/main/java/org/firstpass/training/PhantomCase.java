package org.firstpass.training;

import org.firstpass.geometry.GridSize;
import org.firstpass.phantom.Phantom;
import org.firstpass.phantom.PhantomSpec;
import org.firstpass.prepare.NetworkInput;
import org.firstpass.prepare.Preparation;
import org.firstpass.volume.LabelMap;

/**
 * A phantom as the network sees it, scanned on a scanner's grid and prepared by the worker's own
 * code, with the truth on the network's grid. Order D, H, W. Immutable.
 */
final class PhantomCase {
  /** Columns of the scan: coarse, because the network's grid is coarser still. */
  private static final int MATRIX = 128;

  private final GridSize size;
  private final float[] values;
  private final byte[] labels;

  private PhantomCase(GridSize size, float[] values, byte[] labels) {
    this.size = size;
    this.values = values;
    this.labels = labels;
  }

  static PhantomCase of(long seed) {
    return of(PhantomSpec.drawn(seed, MATRIX));
  }

  static PhantomCase of(PhantomSpec spec) {
    NetworkInput input = Preparation.prepare(Phantom.of(spec).volume(), PhantomAbdomen.INPUT_SPEC);
    LabelMap truth = Phantom.of(spec, input.grid()).truth();
    var labels = new byte[input.grid().size().voxels()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) truth.labelAt(i);
    }
    return new PhantomCase(input.grid().size(), input.values(), labels);
  }

  GridSize size() {
    return size;
  }

  int labelAt(int index) {
    return labels[index];
  }

  /** The part of it that begins at an index, which may lie outside; there it is air. */
  Patch patch(GridSize window, int column0, int row0, int slice0) {
    var cutValues = new float[window.voxels()];
    var cutLabels = new byte[window.voxels()];
    for (int slice = 0; slice < window.slices(); slice++) {
      for (int row = 0; row < window.rows(); row++) {
        int from = Math.max(0, -column0);
        int to = Math.min(window.columns(), size.columns() - column0);
        if (to <= from || !size.contains(0, row + row0, slice + slice0)) {
          continue;
        }
        int source = size.index(from + column0, row + row0, slice + slice0);
        int target = window.index(from, row, slice);
        System.arraycopy(values, source, cutValues, target, to - from);
        System.arraycopy(labels, source, cutLabels, target, to - from);
      }
    }
    return new Patch(window, cutValues, cutLabels);
  }
}
