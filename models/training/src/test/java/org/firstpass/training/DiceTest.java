package org.firstpass.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.volume.LabelMap;
import org.junit.jupiter.api.Test;

final class DiceTest {
  @Test
  void diceIsTwiceTheCommonOverTheSumAndLeavesOutWhatNeitherHas() {
    var grid =
        new GridGeometry(
            new FrameOfReferenceUid("2.25.1"),
            new GridSize(6, 1, 1),
            new Vector3(0, 0, 0),
            new Orientation("SPL").axes(),
            new Spacing(1, 1, 1));
    var truth = new LabelMap(grid, new short[] {0, 1, 1, 1, 2, 0});
    Map<Integer, Double> dice = CaseScore.dice(truth, new short[] {1, 1, 1, 0, 0, 4});
    assertEquals(Map.of(1, 4.0 / 6, 2, 0.0, 4, 0.0), dice);
  }
}
