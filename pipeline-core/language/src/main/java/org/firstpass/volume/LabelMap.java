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
  private static final short[] NO_SHORTS = {};
  private static final byte[] NO_BYTES = {};

  /** Most runs of a structure's surface are short: so many voxels are compared one by one. */
  private static final int SHORT_RUN = 8;

  private final GridGeometry geometry;

  // One of the two holds the labels, the other is empty.
  private final short[] labels;
  private final byte[] small;

  private LabelMap(GridGeometry geometry, short[] labels, byte[] small) {
    if (labels.length + small.length != geometry.size().voxels()) {
      throw new IllegalArgumentException(
          "a label map of "
              + geometry.size()
              + " has "
              + geometry.size().voxels()
              + " values, but got "
              + (labels.length + small.length));
    }
    this.geometry = geometry;
    this.labels = labels;
    this.small = small;
  }

  /** The array is taken over, not copied: the caller lets go of it. */
  public LabelMap(GridGeometry geometry, short[] labels) {
    this(geometry, labels, NO_BYTES);
  }

  /**
   * A label map of labels up to 255, in half of the memory. The array, of unsigned values, is taken
   * over, not copied: the caller lets go of it.
   */
  public static LabelMap ofBytes(GridGeometry geometry, byte[] labels) {
    return new LabelMap(geometry, NO_SHORTS, labels);
  }

  public GridGeometry geometry() {
    return geometry;
  }

  public int labelAt(int index) {
    return small.length == 0
        ? Short.toUnsignedInt(labels[index])
        : Byte.toUnsignedInt(small[index]);
  }

  public int labelAt(int column, int row, int slice) {
    return labelAt(geometry.size().index(column, row, slice));
  }

  /** The first voxel after one that has another label, or the end if there is none before it. */
  public int endOfRun(int start, int end) {
    int label = labelAt(start);
    int at = start + 1;
    int near = Math.min(end, start + SHORT_RUN);
    while (at < near && labelAt(at) == label) {
      at++;
    }
    if (at < near || at >= end) {
      return at;
    }
    // Each value beside the one before it: compared as long vectors.
    int same =
        small.length == 0
            ? Arrays.mismatch(labels, at - 1, end - 1, labels, at, end)
            : Arrays.mismatch(small, at - 1, end - 1, small, at, end);
    return same < 0 ? end : at + same;
  }

  /** A copy of the values, unsigned 16-bit. */
  public short[] toArray() {
    if (small.length == 0) {
      return labels.clone();
    }
    var wide = new short[small.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = (short) (small[i] & 0xff);
    }
    return wide;
  }

  /** The largest label value, 0 if all is background. */
  public int maxLabel() {
    int max = 0;
    for (int i = 0; i < geometry.size().voxels(); i++) {
      max = Math.max(max, labelAt(i));
    }
    return max;
  }

  /** How many voxels have each label: index 0 is background, length is {@code maxLabel() + 1}. */
  public long[] histogram() {
    var counts = new long[maxLabel() + 1];
    for (int i = 0; i < geometry.size().voxels(); i++) {
      counts[labelAt(i)]++;
    }
    return counts;
  }

  /** Whether both have the same grid and the same label at every voxel. */
  public boolean contentEquals(LabelMap other) {
    if (!geometry.isSameGridAs(other.geometry)) {
      return false;
    }
    if (small.length == other.small.length) {
      return Arrays.equals(labels, other.labels) && Arrays.equals(small, other.small);
    }
    for (int i = 0; i < geometry.size().voxels(); i++) {
      if (labelAt(i) != other.labelAt(i)) {
        return false;
      }
    }
    return true;
  }
}
