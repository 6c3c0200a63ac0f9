package org.firstpass.dicom;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.firstpass.dicom.pixel.Rgb;
import org.firstpass.failure.ReasonCode;
import org.firstpass.failure.StudyRefused;
import org.firstpass.geometry.GridSize;

/** The colours of a series on its grid, instances in parallel. */
final class SeriesColour {
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final SeriesGrid grid;
  private final List<InstanceSurvey> instances;
  private final Map<SurveyedFrame, Integer> sliceOf = new HashMap<>();

  SeriesColour(SeriesGrid grid, List<InstanceSurvey> instances) {
    this.grid = grid;
    this.instances = instances;
    for (int slice = 0; slice < grid.slices().size(); slice++) {
      sliceOf.put(grid.slices().get(slice), slice);
    }
  }

  /**
   * Reads red, green and blue of every voxel, side by side, in the order slice, row, column.
   *
   * @throws StudyRefused DAMAGED_PIXEL_DATA, UNSUPPORTED_PIXEL_FORMAT, TOO_LARGE
   */
  byte[] read() {
    GridSize size = grid.geometry().size();
    if ((long) size.voxels() * Rgb.SAMPLES > LARGEST) {
      throw new StudyRefused(
          ReasonCode.TOO_LARGE, "colours of " + size + " take more than " + LARGEST + " bytes");
    }
    byte[] colours = new byte[size.voxels() * Rgb.SAMPLES];
    InParallel.forEach(instances, instance -> read(instance, colours));
    return colours;
  }

  private void read(InstanceSurvey instance, byte[] colours) {
    try (InstanceStream stream = InstanceStream.open(instance.source())) {
      instance
          .pixels()
          .readColour(
              stream.data(),
              (frame, rgb) -> {
                int slice = Objects.requireNonNull(sliceOf.get(instance.frames().get(frame)));
                System.arraycopy(rgb, 0, colours, slice * rgb.length, rgb.length);
              });
    } catch (IOException e) {
      throw InstanceStream.unavailable(e);
    }
  }
}
