package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.firstpass.geometry.GridSize;
import org.junit.jupiter.api.Test;

final class CavitiesTest {
  private static final GridSize SIZE = new GridSize(5, 6, 7);

  @Test
  void backgroundThatIsEnclosedGetsTheLabel() {
    short[] labels = hollow();
    assertEquals(3 * 4 * 5, Cavities.fill(labels, SIZE, 3));
    var whole = new short[SIZE.voxels()];
    Arrays.fill(whole, (short) 3);
    assertArrayEquals(whole, labels);
  }

  @Test
  void anotherSegmentInsideIsLeftAlone() {
    short[] labels = hollow();
    labels[SIZE.index(2, 2, 2)] = 8;
    labels[SIZE.index(2, 3, 2)] = 8;
    assertEquals(3 * 4 * 5 - 2, Cavities.fill(labels, SIZE, 3));
    assertEquals(8, labels[SIZE.index(2, 2, 2)]);
    assertEquals(3, labels[SIZE.index(1, 2, 2)]);
  }

  @Test
  void anotherSegmentThatFillsTheDoorDoesNotCloseIt() {
    short[] labels = hollow();
    labels[SIZE.index(2, 0, 3)] = 8;
    assertEquals(0, Cavities.fill(labels, SIZE, 3));
  }

  @Test
  void aDoorOfOneFaceLetsTheOutsideInButACornerDoesNot() {
    short[] open = hollow();
    open[SIZE.index(4, 3, 3)] = 0;
    assertEquals(0, Cavities.fill(open, SIZE, 3));
    // The edge of the hull: from there into the cavity it is only by an edge.
    short[] closed = hollow();
    closed[SIZE.index(4, 5, 3)] = 0;
    assertEquals(3 * 4 * 5, Cavities.fill(closed, SIZE, 3));
    assertEquals(0, closed[SIZE.index(4, 5, 3)]);
  }

  @Test
  void aTunnelIsNoCavity() {
    short[] labels = hollow();
    labels[SIZE.index(2, 2, 0)] = 0;
    labels[SIZE.index(2, 2, 6)] = 0;
    assertEquals(0, Cavities.fill(labels, SIZE, 3));
  }

  @Test
  void aLabelThatIsNotThereHasNone() {
    assertEquals(0, Cavities.fill(hollow(), SIZE, 4));
  }

  @Test
  void labelsOfAnotherGridAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Cavities.fill(new short[5], SIZE, 1));
  }

  @Test
  void gapsFindWhatFloodingFromTheBorderFinds() {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var size = new GridSize(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));
      double density = 0.4 + 0.5 * random.nextDouble();
      var labels = new short[size.voxels()];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (short) (random.nextDouble() < density ? 3 : random.nextInt(2));
      }
      short[] expected = flooded(labels, size);
      Cavities.fill(labels, size, 3);
      assertArrayEquals(expected, labels, "seed " + seed);
    }
  }

  /** A hull of label 3, one voxel thick, around 3 x 4 x 5 voxels of background. */
  private static short[] hollow() {
    var labels = new short[SIZE.voxels()];
    Arrays.fill(labels, (short) 3);
    for (int slice = 1; slice < 6; slice++) {
      for (int row = 1; row < 5; row++) {
        for (int column = 1; column < 4; column++) {
          labels[SIZE.index(column, row, slice)] = 0;
        }
      }
    }
    return labels;
  }

  /** What is not reached from the border without label 3, and is background, is 3. */
  private static short[] flooded(short[] labels, GridSize size) {
    var reached = new boolean[labels.length];
    Deque<int[]> open = new ArrayDeque<>();
    for (int i = 0; i < labels.length; i++) {
      int[] at = {i % size.columns(), i / size.columns() % size.rows(), i / size.voxelsPerSlice()};
      if (new VoxelBox(at[0], at[1], at[2], at[0], at[1], at[2]).touchesBorderOf(size)) {
        open.add(at);
      }
    }
    int[][] steps = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    while (!open.isEmpty()) {
      int[] at = open.remove();
      if (!size.contains(at[0], at[1], at[2])) {
        continue;
      }
      int index = size.index(at[0], at[1], at[2]);
      if (labels[index] != 3 && !reached[index]) {
        reached[index] = true;
        for (int[] step : steps) {
          open.add(new int[] {at[0] + step[0], at[1] + step[1], at[2] + step[2]});
        }
      }
    }
    short[] filled = labels.clone();
    for (int i = 0; i < labels.length; i++) {
      filled[i] = labels[i] == 0 && !reached[i] ? 3 : labels[i];
    }
    return filled;
  }
}
