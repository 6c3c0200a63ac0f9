package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.event.SegmentAgreement;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.segment.LabelSchema;
import org.firstpass.segment.Segment;
import org.firstpass.volume.LabelMap;

/** How far two readers of one series agree, segment by segment. */
final class ReaderAgreement {
  private static final int LABELS = 1 << 16;

  private ReaderAgreement() {}

  /** The Dice of each segment of the schema; 1 where neither reader has it. */
  static List<SegmentAgreement> of(LabelSchema schema, LabelMap one, LabelMap other) {
    GridGeometry.requireSameGrid(one.geometry(), other.geometry());
    var ofOne = new long[LABELS];
    var ofOther = new long[LABELS];
    var ofBoth = new long[LABELS];
    int voxels = one.geometry().size().voxels();
    for (int index = 0; index < voxels; index++) {
      int a = one.labelAt(index);
      int b = other.labelAt(index);
      ofOne[a]++;
      ofOther[b]++;
      if (a == b) {
        ofBoth[a]++;
      }
    }
    var agreement = new ArrayList<SegmentAgreement>();
    for (Segment segment : schema.segments()) {
      int number = segment.number();
      long total = ofOne[number] + ofOther[number];
      double dice = total == 0 ? 1 : 2.0 * ofBoth[number] / total;
      agreement.add(new SegmentAgreement(number, dice));
    }
    return agreement;
  }

  static double lowest(List<SegmentAgreement> agreement) {
    return agreement.stream().mapToDouble(SegmentAgreement::dice).min().orElse(1);
  }
}
