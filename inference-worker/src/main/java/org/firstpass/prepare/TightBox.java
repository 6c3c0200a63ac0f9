package org.firstpass.prepare;

import java.util.Objects;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.firstpass.volume.VoxelBox;
import org.jspecify.annotations.Nullable;

/** Finds the smallest box around values that count. All cores of the common pool take part. */
final class TightBox {
  private TightBox() {}

  /** The smallest box that has all values that count; empty if none does. */
  static Optional<VoxelBox> around(ValueLines lines, DoublePredicate counts) {
    return IntStream.range(0, lines.size().slices())
        .parallel()
        .mapToObj(slice -> ofSlice(lines, slice, counts))
        .filter(Objects::nonNull)
        .reduce(VoxelBox::with);
  }

  private static @Nullable VoxelBox ofSlice(ValueLines lines, int slice, DoublePredicate counts) {
    var values = new float[lines.size().columns()];
    int first = values.length;
    int last = -1;
    int firstRow = -1;
    int lastRow = -1;
    for (int row = 0; row < lines.size().rows(); row++) {
      lines.read(slice * lines.size().rows() + row, values);
      int from = 0;
      while (from < values.length && !counts.test(values[from])) {
        from++;
      }
      if (from == values.length) {
        continue;
      }
      int to = values.length - 1;
      while (!counts.test(values[to])) {
        to--;
      }
      first = Math.min(first, from);
      last = Math.max(last, to);
      firstRow = firstRow < 0 ? row : firstRow;
      lastRow = row;
    }
    return last < 0 ? null : new VoxelBox(first, firstRow, slice, last, lastRow, slice);
  }
}
