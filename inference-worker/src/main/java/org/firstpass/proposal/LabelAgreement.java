package org.firstpass.proposal;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.SegmentAgreement;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;

/**
 * How far two label maps of one series agree: the Dice coefficient, 2 |A and B| / (|A| + |B|), of
 * each segment.
 *
 * @see "Dice, Measures of the Amount of Ecologic Association Between Species, Ecology 26 (1945)"
 */
public final class LabelAgreement {
  private LabelAgreement() {}

  /**
   * Compares two label maps on the same grid.
   *
   * @param schema whose segments are compared, in its order
   * @return one per segment; 1 if neither map has it
   * @throws IllegalArgumentException if the grids are not the same
   */
  public static List<SegmentAgreement> between(LabelSchema schema, LabelMap a, LabelMap b) {
    GridGeometry.requireSameGrid(a.geometry(), b.geometry());
    int numbers = 1 + schema.highestNumber();
    var both = new long[numbers];
    var either = new long[numbers];
    int voxels = a.geometry().size().voxels();
    for (int i = 0; i < voxels; i++) {
      int one = a.labelAt(i);
      int other = b.labelAt(i);
      if (one != 0 && one < numbers) {
        either[one]++;
        both[one] += one == other ? 1 : 0;
      }
      if (other != 0 && other < numbers) {
        either[other]++;
      }
    }
    List<SegmentAgreement> agreements = new ArrayList<>();
    for (Segment segment : schema.segments()) {
      int number = segment.number();
      double dice = either[number] == 0 ? 1 : 2.0 * both[number] / either[number];
      agreements.add(new SegmentAgreement(number, dice));
    }
    return agreements;
  }
}
