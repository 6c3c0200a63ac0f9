package org.firstpass.dicom;

import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.volume.Volume.StoredAs;

/**
 * A series whose slices can be read one by one, since the same 16 bits mean the same value in all
 * of them. Immutable; safe to share between threads.
 */
public final class StoredSlices {
  private final GridGeometry geometry;
  private final SeriesVolume volume;
  private final StoredAs storedAs;
  private final List<InstanceSurvey> instances;

  StoredSlices(
      GridGeometry geometry,
      SeriesVolume volume,
      StoredAs storedAs,
      List<InstanceSurvey> instances) {
    this.geometry = geometry;
    this.volume = volume;
    this.storedAs = storedAs;
    this.instances = List.copyOf(instances);
  }

  /** Takes a slice; the array is used again for the next one. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one slice.
     *
     * @param stored row by row, 16 bits of each that {@link #storedAs} explains
     */
    void accept(int slice, int[] stored);
  }

  public GridGeometry geometry() {
    return geometry;
  }

  public StoredAs storedAs() {
    return storedAs;
  }

  /** How many instances there are; each is read as a whole. */
  public int instances() {
    return instances.size();
  }

  /** The first slice of the grid that an instance has. */
  public int firstSliceOf(int instance) {
    return instances.get(instance).frames().stream().mapToInt(volume::slice).min().orElseThrow();
  }

  /**
   * Reads the slices of one instance.
   *
   * @throws org.firstpass.failure.StudyRefused DAMAGED_PIXEL_DATA
   * @throws org.firstpass.failure.TryAgainLater STORE_UNAVAILABLE if it cannot be read
   */
  public void read(int instance, Sink sink) {
    volume.read(instances.get(instance), (slice, stored, format) -> sink.accept(slice, stored));
  }
}
