package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.junit.jupiter.api.Test;

final class VoxelBoxTest {
  private static final VoxelBox BOX = new VoxelBox(2, 3, 4, 5, 7, 9);

  @Test
  void bothEndsAreWithin() {
    assertEquals(new GridSize(4, 5, 6), BOX.size());
    assertTrue(BOX.contains(2, 3, 4));
    assertTrue(BOX.contains(5, 7, 9));
    assertFalse(BOX.contains(6, 7, 9));
    assertFalse(BOX.contains(5, 8, 9));
    assertFalse(BOX.contains(5, 7, 10));
    assertFalse(BOX.contains(1, 3, 4));
    assertFalse(BOX.contains(2, 2, 4));
    assertFalse(BOX.contains(2, 3, 3));
  }

  @Test
  void boxesMeetWhereTheyShareAVoxelAlongEveryIndex() {
    assertTrue(BOX.meets(new VoxelBox(5, 7, 9, 8, 8, 11)));
    assertFalse(BOX.meets(new VoxelBox(6, 7, 9, 8, 8, 11)));
    assertFalse(BOX.meets(new VoxelBox(5, 8, 9, 8, 8, 11)));
    assertFalse(BOX.meets(new VoxelBox(5, 7, 10, 8, 8, 11)));
    assertFalse(new VoxelBox(6, 7, 9, 8, 8, 11).meets(BOX));
  }

  @Test
  void eachSideMayTouchTheBorder() {
    assertFalse(BOX.touchesBorderOf(new GridSize(7, 9, 11)));
    assertTrue(BOX.touchesBorderOf(new GridSize(6, 9, 11)));
    assertTrue(BOX.touchesBorderOf(new GridSize(7, 8, 11)));
    assertTrue(BOX.touchesBorderOf(new GridSize(7, 9, 10)));
    var large = new GridSize(99, 99, 99);
    assertTrue(new VoxelBox(0, 3, 4, 5, 7, 9).touchesBorderOf(large));
    assertTrue(new VoxelBox(2, 0, 4, 5, 7, 9).touchesBorderOf(large));
    assertTrue(new VoxelBox(2, 3, 0, 5, 7, 9).touchesBorderOf(large));
  }

  @Test
  void aMarginIsRoundedUpToWholeVoxelsAndEndsAtTheGrid() {
    assertEquals(
        new VoxelBox(0, 2, 3, 6, 8, 10),
        BOX.grown(2, new Spacing(0.9, 2, 2.5), new GridSize(7, 10, 12)));
    assertEquals(BOX, BOX.grown(0, new Spacing(1, 1, 1), new GridSize(7, 10, 12)));
  }

  @Test
  void theBoxOfTwoHasBoth() {
    assertEquals(new VoxelBox(0, 3, 4, 5, 8, 9), BOX.with(new VoxelBox(0, 4, 5, 1, 8, 6)));
  }

  @Test
  void aBoxWithoutVoxelsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new VoxelBox(3, 0, 0, 2, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new VoxelBox(0, 3, 0, 0, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> new VoxelBox(0, 0, 3, 0, 0, 2));
  }
}
