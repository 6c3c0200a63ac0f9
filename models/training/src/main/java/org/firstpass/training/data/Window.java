package org.firstpass.training.data;

import org.firstpass.geometry.GridSize;

/** What the network is shown in one step, and what it is to say. Order D, H, W. */
public final class Window {
  private final GridSize size;
  private final float[] values;
  private final byte[] channels;

  /** The arrays are taken over, not copied. */
  public Window(GridSize size, float[] values, byte[] channels) {
    this.size = size;
    this.values = values;
    this.channels = channels;
  }

  public GridSize size() {
    return size;
  }

  /** The values themselves, not a copy. */
  public float[] values() {
    return values;
  }

  /** The channel of each voxel, {@link TrainingCase#UNKNOWN} where nobody knows; not a copy. */
  public byte[] channels() {
    return channels;
  }

  public boolean isKnownEverywhere() {
    for (byte channel : channels) {
      if (channel == TrainingCase.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** The channels at the middle of each voxel of a coarser grid over the same space; no values. */
  public Window labelsAt(GridSize coarse) {
    var found = new byte[coarse.voxels()];
    int at = 0;
    for (int slice = 0; slice < coarse.slices(); slice++) {
      for (int row = 0; row < coarse.rows(); row++) {
        for (int column = 0; column < coarse.columns(); column++, at++) {
          found[at] =
              channels[
                  size.index(
                      middle(column, coarse.columns(), size.columns()),
                      middle(row, coarse.rows(), size.rows()),
                      middle(slice, coarse.slices(), size.slices()))];
        }
      }
    }
    return new Window(coarse, new float[0], found);
  }

  private static int middle(int index, int coarse, int fine) {
    return Math.min(fine - 1, (int) ((index + 0.5) * fine / coarse));
  }
}
