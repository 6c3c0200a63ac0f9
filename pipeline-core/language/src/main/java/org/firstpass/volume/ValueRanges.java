package org.firstpass.volume;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.firstpass.geometry.GridSize;

/**
 * The smallest and largest value at each index of an axis; values that are no number do not count.
 */
final class ValueRanges {
  private final GridAxis axis;
  private final float[] low;
  private final float[] high;

  private ValueRanges(GridAxis axis, int length) {
    this.axis = axis;
    this.low = new float[length];
    this.high = new float[length];
  }

  static ValueRanges of(float[] values, GridSize size, GridAxis axis) {
    var ranges = new ValueRanges(axis, axis.length(size));
    int inner = axis.inner(size);
    int step = ranges.low.length * inner;
    IntStream.range(0, ranges.low.length)
        .parallel()
        .forEach(
            index -> {
              float low = Float.POSITIVE_INFINITY;
              float high = Float.NEGATIVE_INFINITY;
              for (int at = index * inner; at >= 0 && at < values.length; at += step) {
                for (int i = at; i < at + inner; i++) {
                  low = values[i] < low ? values[i] : low;
                  high = values[i] > high ? values[i] : high;
                }
              }
              ranges.low[index] = low;
              ranges.high[index] = high;
            });
    return ranges;
  }

  /** These ranges with each index having that of all. */
  ValueRanges merged() {
    var merged = new ValueRanges(axis, 1);
    merged.low[0] = Float.POSITIVE_INFINITY;
    merged.high[0] = Float.NEGATIVE_INFINITY;
    for (int index = 0; index < low.length; index++) {
      merged.low[0] = Math.min(merged.low[0], low[index]);
      merged.high[0] = Math.max(merged.high[0], high[index]);
    }
    return merged;
  }

  /**
   * Brings values into the ranges.
   *
   * @param source the index here of an index of these values
   */
  void clip(float[] values, GridSize size, IntUnaryOperator source) {
    int inner = axis.inner(size);
    int length = axis.length(size);
    int step = length * inner;
    IntStream.range(0, length)
        .parallel()
        .forEach(
            index -> {
              float least = low[source.applyAsInt(index)];
              float most = high[source.applyAsInt(index)];
              for (int at = index * inner; at >= 0 && at < values.length; at += step) {
                for (int i = at; i < at + inner; i++) {
                  float value = values[i];
                  values[i] = value < least ? least : value > most ? most : value;
                }
              }
            });
  }
}
