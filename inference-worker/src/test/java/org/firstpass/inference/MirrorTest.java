package org.firstpass.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MirrorTest {
  @Test
  void subsetsGoBySizeAndThenInTheOrderOfTheAxes() {
    assertEquals(
        List.of(
            Mirror.NONE,
            new Mirror(true, false, false),
            new Mirror(false, true, false),
            new Mirror(false, false, true),
            new Mirror(true, true, false),
            new Mirror(true, false, true),
            new Mirror(false, true, true),
            new Mirror(true, true, true)),
        Mirror.subsets(List.of(0, 1, 2)));
    assertEquals(
        List.of(
            Mirror.NONE,
            new Mirror(false, false, true),
            new Mirror(false, true, false),
            new Mirror(false, true, true)),
        Mirror.subsets(List.of(2, 1)));
    assertEquals(List.of(Mirror.NONE), Mirror.subsets(List.of()));
  }

  @Test
  void aPlaneIsTurnedAlongRowsAndColumns() {
    assertArrayEquals(new float[] {3, 2, 1, 6, 5, 4, 9, 8, 7}, turned(false, true));
    assertArrayEquals(new float[] {7, 8, 9, 4, 5, 6, 1, 2, 3}, turned(true, false));
    assertArrayEquals(new float[] {9, 8, 7, 6, 5, 4, 3, 2, 1}, turned(true, true));
    assertEquals(4, new Mirror(true, false, false).slice(1, 6));
    assertEquals(1, Mirror.NONE.slice(1, 6));
  }

  private static float[] turned(boolean rows, boolean columns) {
    float[] plane = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    new Mirror(false, rows, columns).turn(plane, 3, 3);
    return plane;
  }
}
