package org.firstpass.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.firstpass.geometry.GridSize;

/** A window cut from a case: what the network is shown in one step. Order D, H, W. */
final class Patch {
  private final GridSize size;
  private final float[] values;
  private final byte[] labels;

  /** The arrays are taken over, not copied. */
  Patch(GridSize size, float[] values, byte[] labels) {
    this.size = size;
    this.values = values;
    this.labels = labels;
  }

  /** Another contrast and brightness, as another scanner and dose would give. */
  Patch withContrast(float factor, float offset) {
    var changed = new float[values.length];
    for (int i = 0; i < changed.length; i++) {
      // Air stays air: it is where the window cuts off.
      float value = values[i] == 0 ? 0 : values[i] * factor + offset;
      changed[i] = Math.min(Math.max(value, 0), 1);
    }
    return new Patch(size, changed, labels);
  }

  /** The values themselves, not a copy. */
  float[] values() {
    return values;
  }

  /** (1, 1, D, H, W) */
  NDArray image(NDManager manager) {
    return manager.create(values, new Shape(1, 1, size.slices(), size.rows(), size.columns()));
  }

  /** (classes, voxels): 1 in the row of the voxel's label, else 0. */
  NDArray truth(NDManager manager, int classes) {
    var rows = new float[classes * labels.length];
    for (int i = 0; i < labels.length; i++) {
      rows[labels[i] * labels.length + i] = 1;
    }
    return manager.create(rows, new Shape(classes, labels.length));
  }
}
