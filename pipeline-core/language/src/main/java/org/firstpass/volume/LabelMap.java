package org.firstpass.volume;

import java.util.Arrays;
import org.firstpass.geometry.GridGeometry;

/**
 * One label value per voxel of a grid; 0 is background, 1 to 65535 are segments.
 *
 * <p>Order: slice, row, column, column fastest. Values are unsigned 16-bit: read them with {@link
 * #labelAt}. Immutable; safe to share between threads.
 */
public final class LabelMap {
  private final GridGeometry geometry;
  private final short[] labels;

  /** The array is taken over, not copied: the caller lets go of it. */
  public LabelMap(GridGeometry geometry, short[] labels) {
    if (labels.length != geometry.size().voxels()) {
      throw new IllegalArgumentException(
          "a label map of "
              + geometry.size()
              + " has "
              + geometry.size().voxels()
              + " values, but got "
              + labels.length);
    }
    this.geometry = geometry;
    this.labels = labels;
  }

  public GridGeometry geometry() {
    return geometry;
  }

  public int labelAt(int index) {
    return Short.toUnsignedInt(labels[index]);
  }

  public int labelAt(int column, int row, int slice) {
    return labelAt(geometry.size().index(column, row, slice));
  }

  /** A copy of the values, unsigned 16-bit. */
  public short[] toArray() {
    return labels.clone();
  }

  /** The largest label value, 0 if all is background. */
  public int maxLabel() {
    int max = 0;
    for (short label : labels) {
      max = Math.max(max, Short.toUnsignedInt(label));
    }
    return max;
  }

  /** How many voxels have each label: index 0 is background, length is {@code maxLabel() + 1}. */
  public long[] histogram() {
    var counts = new long[maxLabel() + 1];
    for (short label : labels) {
      counts[Short.toUnsignedInt(label)]++;
    }
    return counts;
  }

  /** Whether both have the same grid and the same label at every voxel. */
  public boolean contentEquals(LabelMap other) {
    return geometry.isSameGridAs(other.geometry) && Arrays.equals(labels, other.labels);
  }
}
