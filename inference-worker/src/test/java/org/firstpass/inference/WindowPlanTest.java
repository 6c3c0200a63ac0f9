package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.model.WindowSpec.Blending;
import org.firstpass.model.WindowSpec.Placement;
import org.firstpass.model.WindowSpec.Sliding;
import org.junit.jupiter.api.Test;

final class WindowPlanTest {
  @Test
  void theLastWindowIsShiftedBackToEndAtTheEdge() {
    // 160 with windows of 96 every 48: 0, 48, then 64 instead of 96.
    assertEquals(List.of(0, 48, 64), columns(160, 96, 0.5));
    assertEquals(List.of(0, 48, 96, 144, 160), columns(256, 96, 0.5));
    assertEquals(List.of(0, 48, 96), columns(192, 96, 0.5));
  }

  @Test
  void aGridOfTheWindowsSizeHasOneWindow() {
    assertEquals(List.of(0), columns(96, 96, 0.5));
  }

  @Test
  void aSmallerGridIsPaddedOnBothSidesTheSmallerHalfFirst() {
    assertEquals(List.of(-2), columns(91, 96, 0.5));
  }

  @Test
  void theIntervalIsAtLeastOneVoxel() {
    assertEquals(List.of(0, 1, 2), columns(4, 2, 0.9));
  }

  @Test
  void windowsGoSliceByRowByColumn() {
    WindowPlan plan =
        WindowPlan.sliding(new GridSize(4, 2, 4), new GridSize(2, 2, 2), 0, Placement.MONAI, false);
    assertEquals(
        List.of(
            new WindowPlan.Start(0, 0, 0),
            new WindowPlan.Start(2, 0, 0),
            new WindowPlan.Start(0, 0, 2),
            new WindowPlan.Start(2, 0, 2)),
        plan.starts());
  }

  @Test
  void allAtOnceIsPaddedToAMultiple() {
    WindowPlan plan = WindowPlan.whole(new GridSize(17, 16, 3), 8, false);
    assertEquals(new GridSize(24, 16, 8), plan.window());
    assertEquals(List.of(new WindowPlan.Start(-3, 0, -2)), plan.starts());
  }

  @Test
  void theImportanceMapIsAGaussianWithAFloor() {
    var spec = new Sliding(List.of(1, 1, 5), 0.5, Blending.GAUSSIAN, 0.125, 0);
    float[] map = ImportanceMap.of(new GridSize(5, 1, 1), spec);
    // sigma 0.625: exp(-1 / 0.78125), and exp(-4 / 0.78125) = 0.00597 stays above the floor.
    assertArrayEquals(new float[] {0.005976f, 0.278037f, 1, 0.278037f, 0.005976f}, map, 1e-5f);
    var steep = new Sliding(List.of(1, 1, 5), 0.5, Blending.GAUSSIAN, 0.05, 0);
    assertEquals(1e-3f, ImportanceMap.of(new GridSize(5, 1, 1), steep)[0]);
  }

  private static List<Integer> columns(int size, int window, double overlap) {
    return columns(size, window, overlap, Placement.MONAI);
  }

  private static List<Integer> columns(int size, int window, double overlap, Placement placement) {
    return WindowPlan.sliding(
            new GridSize(size, 1, 1), new GridSize(window, 1, 1), overlap, placement, false)
        .starts()
        .stream()
        .map(WindowPlan.Start::column)
        .toList();
  }
}
