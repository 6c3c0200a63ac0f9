package org.firstpass.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.firstpass.event.GeometryWarning;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Orientation;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.model.Range;
import org.firstpass.sample.SampleGrid;
import org.junit.jupiter.api.Test;

final class SegmentShapeTest {
  private static final GridSize SIZE = new GridSize(7, 6, 5);
  private static final GridGeometry GRID = SampleGrid.of(new Orientation("SPL"), SIZE);

  @Test
  void volumePiecesAndContactWithTheBorderAreThoseOfTheGrid() {
    var labels = new short[SIZE.voxels()];
    labels[SIZE.index(1, 1, 1)] = 4;
    labels[SIZE.index(2, 2, 2)] = 4;
    labels[SIZE.index(5, 4, 3)] = 4;
    labels[SIZE.index(3, 3, 4)] = 9;
    Map<Integer, SegmentShape> shapes = SegmentShape.ofEach(labels, GRID);
    double voxel = 0.7 * 1.1 * 2.3 / 1000;
    assertEquals(new SegmentShape(3, 3 * voxel, 2, false), shapes.get(4));
    assertEquals(new SegmentShape(1, voxel, 1, true), shapes.get(9));
    assertEquals(2, shapes.size());
  }

  @Test
  void eachSideOfTheSeriesIsABorder() {
    int[][] sides = {{0, 3, 2}, {6, 3, 2}, {3, 0, 2}, {3, 5, 2}, {3, 3, 0}, {3, 3, 4}};
    for (int[] side : sides) {
      var labels = new short[SIZE.voxels()];
      labels[SIZE.index(side[0], side[1], side[2])] = 1;
      assertEquals(true, SegmentShape.ofEach(labels, GRID).get(1).touchesEdge());
    }
  }

  @Test
  void whatIsUnusualIsToldOneThingAtATime() {
    var expected = new ExpectedShape(new Range(10.0, 20.0), 2, false);
    assertEquals(List.of(), new SegmentShape(9, 10, 2, false).against(expected));
    assertEquals(
        List.of(GeometryWarning.VOLUME_LOW), new SegmentShape(9, 9.9, 1, false).against(expected));
    assertEquals(
        List.of(GeometryWarning.VOLUME_HIGH),
        new SegmentShape(9, 20.1, 1, false).against(expected));
    assertEquals(
        List.of(GeometryWarning.TOO_MANY_COMPONENTS),
        new SegmentShape(9, 15, 3, false).against(expected));
    assertEquals(
        List.of(GeometryWarning.TOUCHES_EDGE), new SegmentShape(9, 15, 2, true).against(expected));
    assertEquals(List.of(GeometryWarning.VOLUME_LOW), SegmentShape.ABSENT.against(expected));
  }

  @Test
  void whatIsNotExpectedIsNotUnusual() {
    var huge = new SegmentShape(9, 1e6, 400, true);
    assertEquals(List.of(), huge.against(null));
    assertEquals(List.of(), huge.against(new ExpectedShape(null, null, null)));
    assertEquals(List.of(), huge.against(new ExpectedShape(new Range(1.0, null), null, true)));
  }
}
