package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.VoxelPosition;
import org.junit.jupiter.api.Test;

final class ComponentsOfEachLabelTest {
  private static final Spacing SPACING = new Spacing(0.7, 1.3, 2.5);

  @Test
  void eachLabelHasWhatItHasWhenItIsAskedForAlone() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var size =
          new GridSize(1 + random.nextInt(40), 1 + random.nextInt(7), 1 + random.nextInt(40));
      short[] labels = random(size, random, 5);
      SortedMap<Integer, Components> each = Components.ofEach(labels, size);
      for (int label = 1; label < 5; label++) {
        Components alone = Components.of(labels, size, label);
        assertEquals(each.containsKey(label), alone.count() > 0, "label " + label);
        if (each.containsKey(label)) {
          assertEquals(alone.list(), each.get(label).list(), "seed " + seed + ", label " + label);
          short[] keptAlone = labels.clone();
          alone.keepLargest(keptAlone);
          short[] kept = labels.clone();
          each.get(label).keepLargest(kept);
          assertArrayEquals(keptAlone, kept);
        }
      }
    }
  }

  @Test
  void labelsThatTakeTurnsInALineMeetTheirOwnAcrossCorners() {
    var size = new GridSize(4, 2, 1);
    short[] labels = {1, 1, 2, 2, 2, 2, 1, 1};
    SortedMap<Integer, Components> each = Components.ofEach(labels, size);
    assertEquals(Set.of(1, 2), each.keySet());
    assertEquals(1, each.get(1).count());
    assertEquals(1, each.get(2).count());
  }

  @Test
  void labelsAbove32767AreFound() {
    short[] labels = {(short) 40_000, 3, (short) 65_535};
    assertEquals(
        List.of(3, 40_000, 65_535),
        List.copyOf(Components.ofEach(labels, new GridSize(3, 1, 1)).keySet()));
  }

  @Test
  void anEmptyMapHasNone() {
    assertTrue(Components.ofEach(new short[6], new GridSize(3, 2, 1)).isEmpty());
  }

  @Test
  void aComponentHasItsVoxelsCentroidAndBox() {
    var size = new GridSize(2, 3, 5);
    var labels = new short[size.voxels()];
    labels[size.index(0, 0, 1)] = 7;
    labels[size.index(1, 0, 1)] = 7;
    labels[size.index(1, 1, 2)] = 7;
    labels[size.index(0, 2, 4)] = 7;
    assertEquals(
        List.of(
            new Component(
                0, 3, new VoxelPosition(2 / 3.0, 1 / 3.0, 4 / 3.0), new VoxelBox(0, 0, 1, 1, 1, 2)),
            new Component(1, 1, new VoxelPosition(0, 2, 4), new VoxelBox(0, 2, 4, 0, 2, 4))),
        Components.of(labels, size, 7).list());
  }

  @Test
  void componentsAreKeptByWhatTheyAre() {
    short[] labels = {1, 0, 1, 1, 0, 2, 0, 1};
    Components.of(labels, new GridSize(8, 1, 1), 1)
        .keep(labels, component -> component.voxels() == 1);
    assertArrayEquals(new short[] {1, 0, 0, 0, 0, 2, 0, 1}, labels);
  }

  @Test
  void nearnessIsThatOfTheClosestVoxels() {
    for (long seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var size =
          new GridSize(1 + random.nextInt(30), 1 + random.nextInt(12), 1 + random.nextInt(8));
      short[] labels = sparse(size, random);
      Components own = Components.of(labels, size, 1);
      Components other = Components.of(labels, size, 2);
      double margin = 8 * random.nextDouble();
      Set<Integer> near =
          own.list().stream()
              .filter(own.near(other, SPACING, margin))
              .map(Component::number)
              .collect(Collectors.toSet());
      for (Component component : own.list()) {
        double distance = distance(labels, size, own, component);
        assertEquals(
            distance <= margin,
            near.contains(component.number()),
            "seed " + seed + ", " + distance + " mm with a margin of " + margin + " mm");
      }
    }
  }

  @Test
  void aMarginOfTwoVoxelsReachesTheSecondAndNoMarginReachesNone() {
    short[] labels = {1, 0, 2, 0, 0, 1};
    var size = new GridSize(6, 1, 1);
    Components own = Components.of(labels, size, 1);
    Components other = Components.ofEach(labels, size).get(2);
    Component first = own.list().get(0);
    Component second = own.list().get(1);
    assertTrue(own.near(other, SPACING, 1.4).test(first));
    assertFalse(own.near(other, SPACING, 1.39).test(first));
    assertFalse(own.near(other, SPACING, 1.4).test(second));
    assertFalse(own.near(other, SPACING, 0).test(first));
    assertFalse(own.near(Components.of(labels, size, 3), SPACING, 100).test(first));
  }

  @Test
  void aNegativeMarginAndAnotherGridAreRefused() {
    short[] labels = {1, 0, 2};
    Components own = Components.of(labels, new GridSize(3, 1, 1), 1);
    assertThrows(IllegalArgumentException.class, () -> own.near(own, SPACING, -1));
    assertThrows(IllegalArgumentException.class, () -> own.near(own, SPACING, Double.NaN));
    Components elsewhere = Components.of(labels, new GridSize(1, 3, 1), 1);
    assertThrows(IllegalArgumentException.class, () -> own.near(elsewhere, SPACING, 1));
  }

  /** The smallest distance of voxel centres, by looking at all pairs. */
  private static double distance(
      short[] labels, GridSize size, Components own, Component component) {
    short[] alone = labels.clone();
    own.keep(alone, each -> each.number() == component.number());
    double smallest = Double.POSITIVE_INFINITY;
    for (int a = 0; a < alone.length; a++) {
      for (int b = 0; b < alone.length; b++) {
        if (alone[a] == 1 && labels[b] == 2) {
          smallest = Math.min(smallest, distance(size, a, b));
        }
      }
    }
    return smallest;
  }

  private static double distance(GridSize size, int a, int b) {
    double columns = (a % size.columns() - b % size.columns()) * SPACING.column();
    double rows =
        (a / size.columns() % size.rows() - b / size.columns() % size.rows()) * SPACING.row();
    double slices = (a / size.voxelsPerSlice() - b / size.voxelsPerSlice()) * SPACING.slice();
    return Math.sqrt(columns * columns + rows * rows + slices * slices);
  }

  /** Stretches of random length, so that runs of all lengths come next to one another. */
  private static short[] random(GridSize size, Random random, int labels) {
    var values = new short[size.voxels()];
    int at = 0;
    while (at < values.length) {
      short label = (short) random.nextInt(labels);
      int end = Math.min(values.length, at + 1 + random.nextInt(1 + random.nextInt(40)));
      while (at < end) {
        values[at++] = label;
      }
    }
    return values;
  }

  private static short[] sparse(GridSize size, Random random) {
    var values = new short[size.voxels()];
    for (int i = 0; i < 6; i++) {
      values[random.nextInt(values.length)] = 1;
      values[random.nextInt(values.length)] = 2;
    }
    return values;
  }
}
