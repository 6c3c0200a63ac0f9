package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.firstpass.geometry.GridSize;
import org.firstpass.inference.WindowPlan.Start;
import org.firstpass.model.WindowSpec.Placement;
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
  void nnUnetSpreadsItsWindowsEvenly() {
    // The example of its own comment, and others from the formula in NumPy.
    assertEquals(List.of(0, 23, 46), evenly(110, 64, 0.5));
    assertEquals(List.of(0, 40, 80, 120, 160), evenly(256, 96, 0.5));
    assertEquals(List.of(0, 32, 65), evenly(161, 96, 0.5));
    assertEquals(List.of(0, 36), evenly(100, 64, 0.3));
    assertEquals(List.of(0, 34, 69, 103, 138, 172), evenly(300, 128, 0.7));
    // 4.5 goes to the even 4.
    assertEquals(List.of(0, 4, 9), evenly(25, 16, 0.5));
    assertEquals(List.of(0), evenly(96, 96, 0.5));
    assertEquals(List.of(-2), evenly(91, 96, 0.5));
  }

  @Test
  void aNetworkThatSeesSlicesHasWindowsInEachOfThem() {
    for (Placement placement : Placement.values()) {
      WindowPlan plan =
          WindowPlan.sliding(new GridSize(4, 2, 3), new GridSize(4, 2, 1), 0.5, placement, true);
      assertEquals(List.of(0, 1, 2), plan.starts().stream().map(Start::slice).toList());
      assertFalse(plan.overlapping());
    }
  }

  @Test
  void windowsGoSliceByRowByColumn() {
    WindowPlan plan =
        WindowPlan.sliding(new GridSize(4, 2, 4), new GridSize(2, 2, 2), 0, Placement.MONAI, false);
    assertEquals(
        List.of(new Start(0, 0, 0), new Start(2, 0, 0), new Start(0, 0, 2), new Start(2, 0, 2)),
        plan.starts());
  }

  @Test
  void allAtOnceIsPaddedToAMultiple() {
    WindowPlan plan = WindowPlan.whole(new GridSize(17, 16, 3), 8, false);
    assertEquals(new GridSize(24, 16, 8), plan.window());
    assertEquals(List.of(new Start(-3, 0, -2)), plan.starts());
  }

  private static List<Integer> evenly(int size, int window, double overlap) {
    return columns(size, window, overlap, Placement.NNUNET);
  }

  private static List<Integer> columns(int size, int window, double overlap) {
    return columns(size, window, overlap, Placement.MONAI);
  }

  private static List<Integer> columns(int size, int window, double overlap, Placement placement) {
    return WindowPlan.sliding(
            new GridSize(size, 1, 1), new GridSize(window, 1, 1), overlap, placement, false)
        .starts()
        .stream()
        .map(Start::column)
        .toList();
  }
}
