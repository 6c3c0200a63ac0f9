package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;

final class ComponentsTest {
  @Test
  void voxelsThatTouchByACornerBelongTogether() {
    var size = new GridSize(2, 3, 5);
    var labels = new short[size.voxels()];
    labels[size.index(0, 0, 0)] = 7;
    labels[size.index(1, 1, 1)] = 7;
    labels[size.index(0, 2, 2)] = 7;
    labels[size.index(0, 0, 4)] = 7;
    Components components = Components.of(labels, size, 7);
    assertEquals(2, components.count());
    assertEquals(3, components.largest());
    components.keepLargest(labels);
    assertEquals(0, labels[size.index(0, 0, 4)]);
    assertEquals(7, labels[size.index(0, 2, 2)]);
  }

  @Test
  void linesDoNotRunOnIntoTheNext() {
    var size = new GridSize(3, 3, 1);
    var labels = new short[size.voxels()];
    labels[size.index(2, 0, 0)] = 1;
    labels[size.index(0, 1, 0)] = 1;
    assertEquals(2, Components.of(labels, size, 1).count());
  }

  @Test
  void otherLabelsAreLeftAlone() {
    var size = new GridSize(5, 1, 1);
    short[] labels = {1, 2, 1, 1, 2};
    Components.of(labels, size, 1).keepLargest(labels);
    assertArrayEquals(new short[] {0, 2, 1, 1, 2}, labels);
  }

  @Test
  void chosenComponentsGetAnotherLabelAndTheRestStays() {
    var size = new GridSize(7, 1, 1);
    short[] labels = {1, 0, 1, 1, 2, 0, 1};
    Components.of(labels, size, 1).relabel(labels, component -> component.voxels() == 1, 40_000);
    short other = (short) 40_000;
    assertArrayEquals(new short[] {other, 0, 1, 1, 2, 0, other}, labels);
  }

  @Test
  void labelsAbove32767AreFound() {
    short[] labels = {(short) 40_000, 0, (short) 40_000};
    assertEquals(2, Components.of(labels, new GridSize(3, 1, 1), 40_000).count());
  }

  @Test
  void aLabelThatIsNotThereHasNone() {
    var labels = new short[6];
    Components none = Components.of(labels, new GridSize(3, 2, 1), 1);
    assertEquals(0, none.count());
    assertEquals(0, none.largest());
    none.keepLargest(labels);
    assertArrayEquals(new short[6], labels);
  }

  @Test
  void smallComponentsGoAndOnesOfTheExactSizeStay() {
    short[] labels = {1, 0, 1, 1, 0, 1, 1, 1};
    Components.of(labels, new GridSize(8, 1, 1), 1).removeSmallerThan(labels, 2);
    assertArrayEquals(new short[] {0, 0, 1, 1, 0, 1, 1, 1}, labels);
  }

  @Test
  void runsFindWhatFloodingVoxelByVoxelFinds() {
    for (long seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var size = new GridSize(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));
      double density = 0.05 + 0.4 * random.nextDouble();
      var labels = new short[size.voxels()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (short) (random.nextDouble() < density ? 3 : random.nextInt(2));
      }
      Components components = Components.of(labels, size, 3);
      int[] flooded = flood(labels, size);
      assertEquals(flooded[0], components.count(), "count, seed " + seed);
      assertEquals(flooded[1], components.largest(), "largest, seed " + seed);
      components.keepLargest(labels);
      int kept = 0;
      for (short label : labels) {
        kept += label == 3 ? 1 : 0;
      }
      assertEquals(flooded[1], kept, "kept, seed " + seed);
    }
  }

  @Test
  void labelsOfAnotherGridAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Components.of(new short[5], new GridSize(3, 2, 1), 1));
  }

  /** Number of components and voxels of the largest. */
  private static int[] flood(short[] labels, GridSize size) {
    var seen = new boolean[labels.length];
    int count = 0;
    int largest = 0;
    for (int start = 0; start < labels.length; start++) {
      if (labels[start] == 3 && !seen[start]) {
        count++;
        largest = Math.max(largest, floodFrom(start, labels, size, seen));
      }
    }
    return new int[] {count, largest};
  }

  private static int floodFrom(int start, short[] labels, GridSize size, boolean[] seen) {
    Deque<Integer> open = new ArrayDeque<>();
    open.add(start);
    seen[start] = true;
    int voxels = 0;
    while (!open.isEmpty()) {
      int at = open.remove();
      voxels++;
      int column = at % size.columns();
      int row = at / size.columns() % size.rows();
      int slice = at / size.voxelsPerSlice();
      for (int step = 0; step < 27; step++) {
        int c = column + step % 3 - 1;
        int r = row + step / 3 % 3 - 1;
        int s = slice + step / 9 - 1;
        if (size.contains(c, r, s)) {
          int next = size.index(c, r, s);
          if (labels[next] == 3 && !seen[next]) {
            seen[next] = true;
            open.add(next);
          }
        }
      }
    }
    return voxels;
  }
}
