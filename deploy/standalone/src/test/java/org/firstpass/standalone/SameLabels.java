package org.firstpass.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.volume.LabelMap;

/** Two label maps compared voxel by voxel, with the first places where they differ. */
final class SameLabels {
  private static final int SHOWN = 20;

  private SameLabels() {}

  static void require(String name, LabelMap expected, LabelMap stored) {
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < expected.geometry().size().voxels(); i++) {
      if (expected.labelAt(i) != stored.labelAt(i)) {
        wrong.add(i);
      }
    }
    assertEquals(
        List.of(), wrong.subList(0, Math.min(SHOWN, wrong.size())), name + ": " + wrong.size());
  }
}
