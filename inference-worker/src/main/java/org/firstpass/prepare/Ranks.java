package org.firstpass.prepare;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Percentiles of values without sorting or copying them: the bits of a value are a number that
 * rises with it, so its upper half is counted first and then the lower half of those that share it.
 */
final class Ranks {
  private static final int HALVES = 1 << Short.SIZE;
  private static final int PERCENT = 100;

  private final CountedValues values;
  private final long[] upper;
  private final Map<Integer, long[]> lowerHalves = new HashMap<>();
  private final long count;

  Ranks(CountedValues values) {
    this.values = values;
    this.upper = counted(-1);
    long all = 0;
    for (long some : upper) {
      all += some;
    }
    this.count = all;
  }

  /** How many values there are. */
  long count() {
    return count;
  }

  /**
   * As NumPy's default: linear between the two nearest ranks.
   *
   * @param percent 0, the smallest value, to 100, the largest
   */
  double percentile(double percent) {
    double rank = (count - 1) * percent / PERCENT;
    long low = (long) rank;
    double below = value(low);
    return rank == low ? below : below + (rank - low) * (value(low + 1) - below);
  }

  /** The value of a rank, from 0. */
  private double value(long rank) {
    long before = 0;
    int half = 0;
    while (before + upper[half] <= rank) {
      before += upper[half++];
    }
    long[] lower = lowerHalves.computeIfAbsent(half, this::counted);
    int other = 0;
    while (before + lower[other] <= rank) {
      before += lower[other++];
    }
    return ofKey(half << Short.SIZE | other);
  }

  /** Counts the upper halves of all keys, or the lower halves of those with an upper half. */
  private long[] counted(int ofUpper) {
    int slices = values.lines().size().slices();
    int parts = Math.min(slices, 2 * Runtime.getRuntime().availableProcessors());
    return IntStream.range(0, parts)
        .parallel()
        .mapToObj(
            part ->
                counted(
                    (int) ((long) part * slices / parts),
                    (int) ((part + 1L) * slices / parts),
                    ofUpper))
        .reduce(new long[HALVES], Ranks::added);
  }

  private long[] counted(int fromSlice, int toSlice, int ofUpper) {
    int rows = values.lines().size().rows();
    var counts = new long[HALVES];
    var line = new float[values.lines().size().columns()];
    for (int at = fromSlice * rows; at < toSlice * rows; at++) {
      int many = values.read(at, line);
      for (int i = 0; i < many; i++) {
        int key = key(line[i]);
        if (ofUpper < 0) {
          counts[key >>> Short.SIZE]++;
        } else if (key >>> Short.SIZE == ofUpper) {
          counts[key & HALVES - 1]++;
        }
      }
    }
    return counts;
  }

  private static long[] added(long[] a, long[] b) {
    var sum = new long[HALVES];
    for (int i = 0; i < HALVES; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  /** Unsigned, it rises with the value. */
  private static int key(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? ~bits : bits | Integer.MIN_VALUE;
  }

  private static float ofKey(int key) {
    return Float.intBitsToFloat(key < 0 ? key & Integer.MAX_VALUE : ~key);
  }
}
