package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.AnatomicalRule;
import org.firstpass.model.LabelSpec;
import org.firstpass.model.LabelSpec.CleanUp;
import org.firstpass.model.LabelSpec.LabelledChannel;
import org.firstpass.sample.SampleGrid;
import org.firstpass.sample.SampleManifest;
import org.junit.jupiter.api.Test;

final class SegmentCleanUpTest {
  private static final CleanUp NOTHING = new CleanUp(false, 0);

  @Test
  void theLargestPieceStaysAndCrumbsGo() {
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), new GridSize(6, 1, 1));
    short[] labels = {1, 0, 1, 1, 0, 1};
    SegmentCleanUp.apply(spec(List.of(), new CleanUp(true, 0)), labels, grid);
    assertArrayEquals(new short[] {0, 0, 1, 1, 0, 0}, labels);
    short[] crumbs = {1, 0, 1, 1, 0, 1};
    double twoVoxels = 2 * grid.voxelVolumeMm3() / 1000;
    SegmentCleanUp.apply(spec(List.of(), new CleanUp(false, twoVoxels)), crumbs, grid);
    assertArrayEquals(new short[] {0, 0, 1, 1, 0, 0}, crumbs);
    SegmentCleanUp.apply(spec(List.of(), new CleanUp(true, twoVoxels * 2)), crumbs, grid);
    assertArrayEquals(new short[6], crumbs);
  }

  @Test
  void eachSegmentHasItsOwnCleanUp() {
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), new GridSize(9, 1, 1));
    short[] labels = {1, 0, 1, 1, 2, 0, 2, 2, 2};
    SegmentCleanUp.apply(spec(List.of(), NOTHING, new CleanUp(true, 0)), labels, grid);
    assertArrayEquals(new short[] {1, 0, 1, 1, 0, 0, 2, 2, 2}, labels);
  }

  @Test
  void cavitiesAreFilledAfterEveryCrumbIsGone() {
    GridSize size = new GridSize(7, 7, 7);
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), size);
    short[] labels = box(size, 1, 5, (short) 1);
    fill(labels, size, 2, 4, (short) 0);
    labels[size.index(3, 3, 3)] = 2;
    labels[size.index(0, 0, 0)] = 2;
    labels[size.index(0, 0, 1)] = 2;
    LabelSpec spec = spec(List.of(), new CleanUp(false, 0, true), new CleanUp(true, 0));
    SegmentCleanUp.apply(spec, labels, grid);
    short[] wanted = box(size, 1, 5, (short) 1);
    wanted[size.index(0, 0, 0)] = 2;
    wanted[size.index(0, 0, 1)] = 2;
    assertArrayEquals(wanted, labels);
  }

  @Test
  void withoutFillHolesCavitiesStay() {
    GridSize size = new GridSize(5, 5, 5);
    short[] labels = box(size, 0, 4, (short) 1);
    labels[size.index(2, 2, 2)] = 0;
    SegmentCleanUp.apply(
        spec(List.of(), new CleanUp(true, 0)), labels, SampleGrid.of(new Orientation("SPL"), size));
    assertEquals(0, labels[size.index(2, 2, 2)]);
  }

  @Test
  void rulesComeAfterCleanUpInTheirOwnOrder() {
    // The far crumb of 2 would keep 1 from being far, if clean-up did not come first.
    GridGeometry grid = SampleGrid.of(new Orientation("SPL"), new GridSize(12, 1, 1));
    short[] labels = {2, 1, 0, 0, 0, 0, 0, 0, 0, 2, 2, 1};
    SegmentCleanUp.apply(
        spec(List.of(new AnatomicalRule.Near(1, 2, 1)), NOTHING, new CleanUp(true, 0)),
        labels,
        grid);
    assertArrayEquals(new short[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 1}, labels);
    // 1 and 2 are far from each other: which goes depends on the rule that comes first.
    short[] chain = {2, 2, 0, 0, 0, 0, 1, 3};
    short[] turned = chain.clone();
    GridGeometry line = SampleGrid.of(new Orientation("SPL"), new GridSize(8, 1, 1));
    var oneToTwo = new AnatomicalRule.Near(1, 2, 1);
    var twoToOne = new AnatomicalRule.Near(2, 1, 1);
    SegmentCleanUp.apply(threeWith(List.of(oneToTwo, twoToOne)), chain, line);
    assertArrayEquals(new short[] {2, 2, 0, 0, 0, 0, 0, 3}, chain);
    SegmentCleanUp.apply(threeWith(List.of(twoToOne, oneToTwo)), turned, line);
    assertArrayEquals(new short[] {0, 0, 0, 0, 0, 0, 1, 3}, turned);
  }

  private static LabelSpec threeWith(List<AnatomicalRule> rules) {
    return spec(rules, NOTHING, NOTHING, NOTHING);
  }

  private static LabelSpec spec(List<AnatomicalRule> rules, CleanUp... cleanUps) {
    List<LabelledChannel> segments = new ArrayList<>();
    for (int number = 1; number <= cleanUps.length; number++) {
      segments.add(
          new LabelledChannel(number, SampleManifest.segment(number), cleanUps[number - 1]));
    }
    return new LabelSpec("labels", 1, segments, rules);
  }

  private static short[] box(GridSize size, int first, int last, short label) {
    var labels = new short[size.voxels()];
    fill(labels, size, first, last, label);
    return labels;
  }

  private static void fill(short[] labels, GridSize size, int first, int last, short label) {
    for (int slice = first; slice <= last; slice++) {
      for (int row = first; row <= last; row++) {
        for (int column = first; column <= last; column++) {
          labels[size.index(column, row, slice)] = label;
        }
      }
    }
  }
}
