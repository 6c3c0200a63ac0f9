package org.firstpass.standalone;

import org.firstpass.volume.LabelMap;

/**
 * The Dice similarity coefficient of one label in two label maps of one grid: 2 |A and B| / (|A| +
 * |B|); 1 if neither has it.
 *
 * @see "Dice 1945, Ecology 26(3):297"
 */
final class Dice {
  private Dice() {}

  static double of(LabelMap a, LabelMap b, int label) {
    int voxels = a.geometry().size().voxels();
    long inA = 0;
    long inB = 0;
    long inBoth = 0;
    for (int i = 0; i < voxels; i++) {
      boolean hasA = a.labelAt(i) == label;
      boolean hasB = b.labelAt(i) == label;
      inA += hasA ? 1 : 0;
      inB += hasB ? 1 : 0;
      inBoth += hasA && hasB ? 1 : 0;
    }
    return inA + inB == 0 ? 1 : 2.0 * inBoth / (inA + inB);
  }
}
