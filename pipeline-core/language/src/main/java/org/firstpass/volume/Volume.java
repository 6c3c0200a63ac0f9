package org.firstpass.volume;

import org.firstpass.geometry.GridGeometry;

/**
 * One value per voxel of a grid: the rescaled values of a series (Hounsfield units only for CT).
 *
 * <p>Order: slice, row, column, column fastest. Immutable; safe to share between threads.
 */
public final class Volume {
  private final GridGeometry geometry;
  private final Samples samples;

  private Volume(GridGeometry geometry, int length, Samples samples) {
    if (length != geometry.size().voxels()) {
      throw new IllegalArgumentException(
          "a volume of "
              + geometry.size()
              + " has "
              + geometry.size().voxels()
              + " values, but got "
              + length);
    }
    this.geometry = geometry;
    this.samples = samples;
  }

  /** A volume of rescaled values. The array is taken over, not copied: the caller lets go of it. */
  public static Volume ofValues(GridGeometry geometry, float[] values) {
    return new Volume(geometry, values.length, new FloatSamples(values));
  }

  /**
   * A volume of 16-bit stored values and the one linear rescale for all of them.
   *
   * <p>The array is taken over, not copied.
   *
   * @see "PS3.3 C.11.1.1.2"
   */
  public static Volume ofStored(GridGeometry geometry, short[] stored, StoredAs storedAs) {
    return new Volume(geometry, stored.length, new ShortSamples(stored, storedAs));
  }

  /** How 16-bit stored values are to be read. */
  public record StoredAs(boolean signed, double slope, double intercept) {}

  public GridGeometry geometry() {
    return geometry;
  }

  /** The rescaled value at an array index, see {@link org.firstpass.geometry.GridSize#index}. */
  public float valueAt(int index) {
    return samples.at(index);
  }

  public float valueAt(int column, int row, int slice) {
    return samples.at(geometry.size().index(column, row, slice));
  }

  /** Copies rescaled values from an array index on into a buffer. */
  public void copyTo(int from, float[] target, int at, int count) {
    samples.copyTo(from, target, at, count);
  }

  /** A label map on this volume's grid, which therefore cannot get another one. */
  public LabelMap withLabels(short[] labels) {
    return new LabelMap(geometry, labels);
  }

  private sealed interface Samples {
    float at(int index);

    void copyTo(int from, float[] target, int at, int count);
  }

  @SuppressWarnings("ArrayRecordComponent") // private holder, never compared
  private record FloatSamples(float[] values) implements Samples {
    @Override
    public float at(int index) {
      return values[index];
    }

    @Override
    public void copyTo(int from, float[] target, int at, int count) {
      System.arraycopy(values, from, target, at, count);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // private holder, never compared
  private record ShortSamples(short[] stored, StoredAs as) implements Samples {
    @Override
    public float at(int index) {
      int value = as.signed() ? stored[index] : Short.toUnsignedInt(stored[index]);
      return (float) (value * as.slope() + as.intercept());
    }

    @Override
    public void copyTo(int from, float[] target, int at, int count) {
      for (int i = 0; i < count; i++) {
        target[at + i] = at(from + i);
      }
    }
  }
}
