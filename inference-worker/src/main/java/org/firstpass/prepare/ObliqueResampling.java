package org.firstpass.prepare;

import java.util.stream.IntStream;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.CubicSpline;

/**
 * Resampling between grids whose axes are not parallel: voxel by voxel, from an array of all values
 * (4 bytes each beside the result, and for the cubic spline as much again).
 */
final class ObliqueResampling {
  private final ValueLines lines;
  private final GridGeometry from;
  private final GridSize size;
  private final GridGeometry to;
  private final GridResampling how;

  ObliqueResampling(ValueLines lines, GridGeometry from, GridGeometry to, GridResampling how) {
    this.lines = lines;
    this.from = from;
    this.size = from.size();
    this.to = to;
    this.how = how;
  }

  float[] run() {
    float[] source = lines.toArray();
    PlaceValue at =
        switch (how.interpolation()) {
          case NEAREST -> (c, r, s) -> source[nearest(c, r, s)];
          case LINEAR -> (c, r, s) -> linear(source, c, r, s);
          case CUBIC -> cubic(source);
        };
    var values = new float[to.size().voxels()];
    IntStream.range(0, to.size().slices())
        .parallel()
        .forEach(slice -> fillSlice(slice, at, values));
    return values;
  }

  private void fillSlice(int slice, PlaceValue at, float[] values) {
    var transform = IndexTransform.between(to, from);
    int index = to.size().index(0, 0, slice);
    Float outside = how.outside();
    for (int row = 0; row < to.size().rows(); row++) {
      for (int column = 0; column < to.size().columns(); column++) {
        double c = transform.column(column, row, slice);
        double r = transform.row(column, row, slice);
        double s = transform.slice(column, row, slice);
        values[index++] =
            outside != null && isOutside(c, r, s)
                ? outside
                : at.of(
                    clamp(c, size.columns() - 1),
                    clamp(r, size.rows() - 1),
                    clamp(s, size.slices() - 1));
      }
    }
  }

  private boolean isOutside(double column, double row, double slice) {
    return GridPositions.isOutside(column, size.columns())
        || GridPositions.isOutside(row, size.rows())
        || GridPositions.isOutside(slice, size.slices());
  }

  private static double clamp(double index, int last) {
    return Math.max(0, Math.min(last, index));
  }

  private int nearest(double column, double row, double slice) {
    return size.index((int) (column + 0.5), (int) (row + 0.5), (int) (slice + 0.5));
  }

  private float linear(float[] values, double column, double row, double slice) {
    int at = size.index((int) column, (int) row, (int) slice);
    float low = plane(values, at, column, row);
    if (slice == (int) slice) {
      return low;
    }
    float high = plane(values, at + size.voxelsPerSlice(), column, row);
    return low + (float) (slice - (int) slice) * (high - low);
  }

  private float plane(float[] values, int at, double column, double row) {
    float low = line(values, at, column);
    if (row == (int) row) {
      return low;
    }
    float high = line(values, at + size.columns(), column);
    return low + (float) (row - (int) row) * (high - low);
  }

  private static float line(float[] values, int at, double column) {
    float part = (float) (column - (int) column);
    return part == 0 ? values[at] : values[at] + part * (values[at + 1] - values[at]);
  }

  private PlaceValue cubic(float[] source) {
    CubicSpline spline = CubicSpline.through(source, size);
    var range = new ValueRange(ValueLines.of(source, size), null);
    return (c, r, s) -> range.clip(spline.at(c, r, s), 0);
  }

  /** The value at a position within the centres of the outermost voxels. */
  private interface PlaceValue {
    float of(double column, double row, double slice);
  }
}
