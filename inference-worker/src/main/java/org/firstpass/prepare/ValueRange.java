package org.firstpass.prepare;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;
import org.firstpass.volume.GridAxis;
import org.jspecify.annotations.Nullable;

/**
 * The smallest and largest of values, or of each index of an axis: the spline between them is cut
 * off there, as scikit-image does.
 */
final class ValueRange {
  private final float[] low;
  private final float[] high;

  /**
   * @param along the axis whose indices have ranges of their own; null for one range of all
   */
  ValueRange(ValueLines lines, @Nullable GridAxis along) {
    GridSize size = lines.size();
    int indices = along == null ? 1 : along.length(size);
    float[][] lows = new float[size.slices()][indices];
    float[][] highs = new float[size.slices()][indices];
    IntStream.range(0, size.slices())
        .parallel()
        .forEach(slice -> include(lines, slice, along, lows[slice], highs[slice]));
    this.low = lows[0];
    this.high = highs[0];
    for (int slice = 1; slice < size.slices(); slice++) {
      for (int index = 0; index < indices; index++) {
        low[index] = Math.min(low[index], lows[slice][index]);
        high[index] = Math.max(high[index], highs[slice][index]);
      }
    }
  }

  /** A value within the range of an index; 0 if there is one range. */
  float clip(float value, int index) {
    return value < low[index] ? low[index] : value > high[index] ? high[index] : value;
  }

  private static void include(
      ValueLines lines, int slice, @Nullable GridAxis along, float[] low, float[] high) {
    Arrays.fill(low, Float.POSITIVE_INFINITY);
    Arrays.fill(high, Float.NEGATIVE_INFINITY);
    int rows = lines.size().rows();
    var values = new float[lines.size().columns()];
    for (int row = 0; row < rows; row++) {
      lines.read(slice * rows + row, values);
      int index = along == GridAxis.SLICE ? slice : along == GridAxis.ROW ? row : 0;
      int step = along == GridAxis.COLUMN ? 1 : 0;
      for (float value : values) {
        low[index] = value < low[index] ? value : low[index];
        high[index] = value > high[index] ? value : high[index];
        index += step;
      }
    }
  }
}
