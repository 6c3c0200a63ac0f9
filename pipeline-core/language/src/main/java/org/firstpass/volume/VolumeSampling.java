package org.firstpass.volume;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.VoxelPosition;

/**
 * Values of a volume at the voxels of another grid in the same frame of reference, whatever the
 * directions of both: trilinear, in parallel over the slices.
 *
 * <p>A voxel reaches half a voxel beyond its centre; what lies beyond the border voxels has a value
 * of its own. Immutable.
 */
public final class VolumeSampling {
  private final Volume source;
  private final GridSize from;
  private final GridGeometry target;
  private final float outside;

  private VolumeSampling(Volume source, GridGeometry target, float outside) {
    this.source = source;
    this.from = source.geometry().size();
    this.target = target;
    this.outside = outside;
  }

  /**
   * The volume on another grid.
   *
   * @param outside the value of what lies beyond the volume
   * @throws IllegalArgumentException if the grids do not share a frame of reference in patient
   *     space
   */
  public static Volume linear(Volume source, GridGeometry target, float outside) {
    source.geometry().requirePatientSpace("what is laid onto another grid");
    if (!source.geometry().frameOfReference().equals(target.frameOfReference())) {
      throw new IllegalArgumentException(
          "grids must share a frame of reference, but have "
              + source.geometry().frameOfReference()
              + " and "
              + target.frameOfReference());
    }
    return Volume.ofValues(target, new VolumeSampling(source, target, outside).values());
  }

  private float[] values() {
    GridSize size = target.size();
    var values = new float[size.voxels()];
    IntStream.range(0, size.slices()).parallel().forEach(slice -> fill(values, slice));
    return values;
  }

  private void fill(float[] values, int slice) {
    GridSize size = target.size();
    for (int row = 0; row < size.rows(); row++) {
      VoxelPosition first = position(0, row, slice);
      VoxelPosition next = position(1, row, slice);
      int at = size.index(0, row, slice);
      for (int column = 0; column < size.columns(); column++) {
        values[at + column] =
            value(
                first.column() + column * (next.column() - first.column()),
                first.row() + column * (next.row() - first.row()),
                first.slice() + column * (next.slice() - first.slice()));
      }
    }
  }

  private VoxelPosition position(int column, int row, int slice) {
    return source.geometry().toIndex(target.toPatient(column, row, slice));
  }

  private float value(double column, double row, double slice) {
    if (isOutside(column, from.columns())
        || isOutside(row, from.rows())
        || isOutside(slice, from.slices())) {
      return outside;
    }
    double c = clamped(column, from.columns());
    double r = clamped(row, from.rows());
    double s = clamped(slice, from.slices());
    int at = from.index((int) c, (int) r, (int) s);
    int nextSlice = s > (int) s ? from.voxelsPerSlice() : 0;
    double low = plane(at, c, r);
    return (float) (low + (s - (int) s) * (plane(at + nextSlice, c, r) - low));
  }

  private double plane(int at, double c, double r) {
    double low = line(at, c);
    int nextRow = r > (int) r ? from.columns() : 0;
    return low + (r - (int) r) * (line(at + nextRow, c) - low);
  }

  private double line(int at, double c) {
    double low = source.valueAt(at);
    int nextColumn = c > (int) c ? 1 : 0;
    return low + (c - (int) c) * (source.valueAt(at + nextColumn) - low);
  }

  private static boolean isOutside(double index, int count) {
    return !(index >= -0.5 && index <= count - 0.5);
  }

  private static double clamped(double index, int count) {
    return Math.max(0, Math.min(count - 1.0, index));
  }

  /** The smallest finite value of a volume, 0 if there is none: what lies beyond a CT is air. */
  public static float smallest(Volume volume) {
    int slice = volume.geometry().size().voxelsPerSlice();
    var smallest = new float[volume.geometry().size().slices()];
    IntStream.range(0, smallest.length)
        .parallel()
        .forEach(
            at -> {
              var values = new float[slice];
              volume.copyTo(at * slice, values, 0, slice);
              float least = Float.POSITIVE_INFINITY;
              for (float value : values) {
                least = Float.isFinite(value) ? Math.min(least, value) : least;
              }
              smallest[at] = least;
            });
    Arrays.sort(smallest);
    return Float.isFinite(smallest[0]) ? smallest[0] : 0;
  }
}
