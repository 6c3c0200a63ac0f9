package org.firstpass.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.firstpass.dataset.split.Split;
import org.firstpass.study.Sha256;

/**
 * Finds one image under two patients: a study that was sent twice under two ids would put one
 * person on two sides.
 *
 * <p>The test side keeps such an image, else the validation side; the others lose it.
 */
final class SameImages {
  private SameImages() {}

  /** The cases that have to go. */
  static List<DatasetCase> toLeaveOut(List<DatasetCase> cases) {
    Map<Sha256, Split> keeper = new HashMap<>();
    for (DatasetCase one : cases) {
      keeper.merge(image(one), one.split(), SameImages::kept);
    }
    var result = new ArrayList<DatasetCase>();
    for (DatasetCase one : cases) {
      if (keeper.get(image(one)) != one.split()) {
        result.add(one);
      }
    }
    return result;
  }

  private static Split kept(Split a, Split b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static Sha256 image(DatasetCase one) {
    return one.files().image().niftiDigest();
  }
}
