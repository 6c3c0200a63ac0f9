package org.firstpass.prepare;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The values of a grid that count for its statistics: all, those that are not 0, or those of a
 * mask. What is summed is summed slice by slice, so that it does not hang on the threads.
 */
final class CountedValues {
  private final ValueLines lines;
  private final boolean nonZeroOnly;
  private final short @Nullable [] mask;

  /**
   * @param nonZeroOnly whether values that are 0 do not count
   * @param mask not 0 where a value counts, whatever it is; of the same size; null for none
   */
  CountedValues(ValueLines lines, boolean nonZeroOnly, short @Nullable [] mask) {
    this.lines = lines;
    this.nonZeroOnly = nonZeroOnly;
    this.mask = mask;
  }

  /** The mean of what a function makes of them; 0 if there is none. */
  double mean(DoubleUnaryOperator function) {
    List<Sum> sums =
        IntStream.range(0, lines.size().slices())
            .parallel()
            .mapToObj(slice -> sumOfSlice(slice, function))
            .toList();
    double sum = 0;
    long count = 0;
    for (Sum each : sums) {
      sum += each.sum();
      count += each.count();
    }
    return count == 0 ? 0 : sum / count;
  }

  private Sum sumOfSlice(int slice, DoubleUnaryOperator function) {
    int rows = lines.size().rows();
    var values = new float[lines.size().columns()];
    double sum = 0;
    long count = 0;
    for (int line = slice * rows; line < (slice + 1) * rows; line++) {
      int many = read(line, values);
      for (int i = 0; i < many; i++) {
        sum += function.applyAsDouble(values[i]);
      }
      count += many;
    }
    return new Sum(sum, count);
  }

  /** Reads the counted values of a line to the beginning of an array; how many they are. */
  int read(int line, float[] values) {
    lines.read(line, values);
    if (mask == null && !nonZeroOnly) {
      return values.length;
    }
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      boolean counts = mask == null ? values[i] != 0 : mask[line * values.length + i] != 0;
      if (counts) {
        values[count++] = values[i];
      }
    }
    return count;
  }

  ValueLines lines() {
    return lines;
  }

  private record Sum(double sum, long count) {}
}
