package org.firstpass.dicom;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.firstpass.dicom.pixel.Photometric;
import org.firstpass.dicom.pixel.PixelData;
import org.firstpass.dicom.pixel.SampleFormat;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.Volume;
import org.firstpass.volume.Volume.StoredAs;

/**
 * The pixels of a series put into a volume, instances in parallel.
 *
 * <p>Stored values stay 16-bit if one rescale serves all slices, otherwise they become rescaled
 * floats. Beside the volume no more than one instance per thread is held.
 */
final class SeriesVolume {
  /** A volume may take this part of the heap: what uses it needs as much again. */
  private static final double LARGEST_SHARE_OF_HEAP = 0.5;

  private final SeriesGrid grid;
  private final List<InstanceSurvey> instances;
  private final Map<SourceKey, Integer> sliceOf = new HashMap<>();

  private record SourceKey(String instance, int frameNumber) {}

  SeriesVolume(SeriesGrid grid, List<InstanceSurvey> instances) {
    this.grid = grid;
    this.instances = instances;
    for (int slice = 0; slice < grid.slices().size(); slice++) {
      sliceOf.put(key(grid.slices().get(slice)), slice);
    }
  }

  /**
   * Reads all pixels.
   *
   * @throws StudyRefused DAMAGED_PIXEL_DATA, UNSUPPORTED_PIXEL_FORMAT, TOO_LARGE
   */
  Volume read() {
    GridSize size = grid.geometry().size();
    Optional<StoredAs> shared = storedAs();
    requireRoom(size, shared.isPresent() ? Short.BYTES : Float.BYTES);
    if (shared.isPresent()) {
      var values = new short[size.voxels()];
      readInto((slice, stored, format) -> copy(stored, values, slice * stored.length));
      return Volume.ofStored(grid.geometry(), values, shared.get());
    }
    var values = new float[size.voxels()];
    readInto(
        (slice, stored, format) ->
            rescale(stored, format, grid.slices().get(slice).rescale(), values, slice));
    return Volume.ofValues(grid.geometry(), values);
  }

  /** How 16 bits of every slice are to be read; none if one way does not serve all of them. */
  Optional<StoredAs> storedAs() {
    SampleFormat sample = instances.get(0).pixels().format().sample();
    Rescale rescale = grid.slices().get(0).rescale();
    boolean shared =
        sample.fitsInShort()
            && instances.stream().allMatch(instance -> sameValues(instance, sample))
            && grid.slices().stream().allMatch(slice -> slice.rescale().equals(rescale));
    boolean colour = !instances.get(0).pixels().format().photometric().isGrey();
    return shared
        ? Optional.of(
            new StoredAs(sample.signed() && !colour, rescale.slope(), rescale.intercept()))
        : Optional.empty();
  }

  /** Takes the stored values of one slice. */
  interface SliceSink {
    void accept(int slice, int[] stored, SampleFormat format);
  }

  private void readInto(SliceSink sink) {
    InParallel.forEach(instances, instance -> read(instance, sink));
  }

  void read(InstanceSurvey instance, SliceSink sink) {
    PixelData pixels = instance.pixels();
    boolean turnOver =
        pixels.format().photometric() == Photometric.MONOCHROME1
            && !ImageClass.of(instance.sopClass()).needsPlane();
    SampleFormat sample = pixels.format().sample();
    try (InstanceStream stream = InstanceStream.open(instance.source())) {
      pixels.read(
          stream.data(),
          (frame, stored) -> {
            if (turnOver) {
              for (int i = 0; i < stored.length; i++) {
                stored[i] = sample.turnedOver(stored[i]);
              }
            }
            sink.accept(slice(instance.frames().get(frame)), stored, sample);
          });
    } catch (IOException e) {
      throw InstanceStream.unavailable(e);
    }
  }

  int slice(SurveyedFrame frame) {
    return Objects.requireNonNull(sliceOf.get(key(frame)));
  }

  private static SourceKey key(SurveyedFrame frame) {
    return new SourceKey(frame.instance().value(), frame.frameNumber());
  }

  private static boolean sameValues(InstanceSurvey instance, SampleFormat sample) {
    SampleFormat other = instance.pixels().format().sample();
    return other.signed() == sample.signed() && other.fitsInShort();
  }

  private static void copy(int[] stored, short[] values, int at) {
    for (int i = 0; i < stored.length; i++) {
      values[at + i] = (short) stored[i];
    }
  }

  private static void rescale(
      int[] stored, SampleFormat format, Rescale rescale, float[] values, int slice) {
    int at = slice * stored.length;
    for (int i = 0; i < stored.length; i++) {
      values[at + i] = (float) (format.valueOf(stored[i]) * rescale.slope() + rescale.intercept());
    }
  }

  private static void requireRoom(GridSize size, int bytesPerVoxel) {
    long needed = (long) size.voxels() * bytesPerVoxel;
    long room = (long) (Runtime.getRuntime().maxMemory() * LARGEST_SHARE_OF_HEAP);
    if (needed > room) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE,
          "a volume of " + size + " takes " + needed + " bytes; this worker holds " + room);
    }
  }
}
