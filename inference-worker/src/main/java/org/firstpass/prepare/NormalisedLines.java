package org.firstpass.prepare;

import org.firstpass.geometry.GridSize;
import org.jspecify.annotations.Nullable;

/**
 * Values with an intensity rule applied as they are read.
 *
 * @param mask not 0 where the rule applies, null for everywhere
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NormalisedLines(ValueLines lines, Intensity intensity, short @Nullable [] mask)
    implements ValueLines {
  @Override
  public GridSize size() {
    return lines.size();
  }

  @Override
  public void read(int line, int first, int count, float[] target) {
    lines.read(line, first, count, target);
    if (mask == null) {
      intensity.apply(target, 0, count);
      return;
    }
    int at = line * size().columns() + first;
    for (int i = 0; i < count; i++) {
      if (mask[at + i] != 0) {
        target[i] = intensity.of(target[i]);
      }
    }
  }
}
