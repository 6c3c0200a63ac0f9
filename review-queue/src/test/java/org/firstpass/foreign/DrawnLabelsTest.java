package org.firstpass.foreign;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.firstpass.study.SeriesInstanceUid;
import org.firstpass.study.SopInstanceUid;
import org.firstpass.study.StudyInstanceUid;
import org.firstpass.volume.Mask;
import org.junit.jupiter.api.Test;

class DrawnLabelsTest {
  private static final GridGeometry GRID =
      new GridGeometry(
          new FrameOfReferenceUid("1.2"),
          new GridSize(5, 2, 1),
          new Vector3(0, 0, 0),
          Axes.ofPlane(new Vector3(1, 0, 0), new Vector3(0, 1, 0)),
          new Spacing(1, 1, 1));

  /** Segments as ranges of voxels, the end not in it. */
  private record Ranges(Map<Integer, int[]> ranges) implements Drawing {
    @Override
    public StudyInstanceUid study() {
      return new StudyInstanceUid("1");
    }

    @Override
    public Set<SeriesInstanceUid> series() {
      return Set.of();
    }

    @Override
    public Set<SopInstanceUid> predecessors() {
      return Set.of();
    }

    @Override
    public List<DrawnSegment> segments() {
      return List.of();
    }

    @Override
    public Mask mask(int segment, GridGeometry grid) {
      int[] range = ranges.getOrDefault(segment, new int[2]);
      var marked = new BitSet();
      marked.set(range[0], range[1]);
      return new Mask(grid, marked);
    }
  }

  private static DrawnLabels draw(
      Map<Integer, int[]> ranges, Map<Integer, Integer> targets, List<Integer> winners) {
    return DrawnLabels.of(new Ranges(ranges), GRID, targets, winners);
  }

  private static final Map<Integer, int[]> THREE =
      Map.of(1, new int[] {0, 6}, 2, new int[] {4, 9}, 3, new int[] {5, 10});
  private static final Map<Integer, Integer> ANEW = Map.of(1, 10, 2, 20, 3, 300);

  @Test
  void everyPairIsToldWithTheVoxelsThatItShares() {
    assertEquals(
        List.of(new Overlap(10, 20, 2), new Overlap(10, 300, 1), new Overlap(20, 300, 4)),
        draw(THREE, ANEW, List.of()).undecided());
  }

  @Test
  void whoWinsIsDrawnOverTheOthersAndItsPairsAreDecided() {
    DrawnLabels drawn = draw(THREE, ANEW, List.of(20));
    assertEquals(List.of(new Overlap(10, 300, 1)), drawn.undecided());
    short[] labels = drawn.labels().toArray();
    for (int at = 4; at < 9; at++) {
      assertEquals(20, labels[at]);
    }
  }

  @Test
  void anOrderOfAllDecidesEveryPair() {
    DrawnLabels drawn = draw(THREE, ANEW, List.of(300, 10));
    assertEquals(List.of(), drawn.undecided());
    assertArrayEquals(
        new short[] {10, 10, 10, 10, 10, 300, 300, 300, 300, 300}, drawn.labels().toArray());
  }

  @Test
  void twoThatAreTheSameSegmentDoNotOverlap() {
    DrawnLabels drawn = draw(THREE, Map.of(1, 7, 2, 7), List.of());
    assertEquals(List.of(), drawn.undecided());
    assertArrayEquals(new short[] {7, 7, 7, 7, 7, 7, 7, 7, 7, 0}, drawn.labels().toArray());
  }

  @Test
  void labelsKeepTheirWidth() {
    assertEquals(60_000, draw(THREE, Map.of(3, 60_000), List.of()).labels().labelAt(9));
  }
}
