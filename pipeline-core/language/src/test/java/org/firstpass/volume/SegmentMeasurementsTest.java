package org.firstpass.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import org.firstpass.geometry.Axes;
import org.firstpass.geometry.GridGeometry;
import org.firstpass.geometry.GridSize;
import org.firstpass.geometry.Spacing;
import org.firstpass.geometry.Vector3;
import org.firstpass.study.FrameOfReferenceUid;
import org.junit.jupiter.api.Test;

class SegmentMeasurementsTest {
  private static final double EXACT = 1e-12;

  @Test
  void oneVoxelIsAsLongAsItsSpacing() {
    short[] labels = new short[5 * 4 * 3];
    labels[1 * 20 + 2 * 5 + 3] = 7;
    SegmentMeasurement measured = measure(new Spacing(0.7, 0.9, 2.5), 5, 4, 3, labels, 7);
    assertEquals(7, measured.label());
    assertEquals(1, measured.voxels());
    assertEquals(1.575, measured.volumeMm3(), EXACT);
    assertEquals(0.9, measured.longestInPlaneMm(), EXACT);
    assertEquals(0.7, measured.perpendicularMm(), EXACT);
    assertEquals(1, measured.slice());
    assertEquals(2.5, measured.longestMm(), EXACT);
  }

  @Test
  void aRowOfVoxelsIsAsLongAsTheyAreTogether() {
    short[] labels = {1, 1, 1, 1, 1};
    SegmentMeasurement measured = measure(new Spacing(2, 3, 4), 5, 1, 1, labels, 1);
    assertEquals(5 * 2 * 3 * 4, measured.volumeMm3(), EXACT);
    assertEquals(10, measured.longestInPlaneMm(), EXACT);
    assertEquals(3, measured.perpendicularMm(), EXACT);
    assertEquals(10, measured.longestMm(), EXACT);
  }

  @Test
  void aRectangleIsLongestFromSideToSideAcross() {
    // 3 columns, 4 rows. The surface has (0, -0.5) and (2, 3.5): 2 and 4 apart.
    short[] labels = new short[12];
    java.util.Arrays.fill(labels, (short) 1);
    SegmentMeasurement measured = measure(new Spacing(1, 1, 1), 3, 4, 1, labels, 1);
    assertEquals(Math.sqrt(20), measured.longestInPlaneMm(), EXACT);
    // (2.5, 0) and (-0.5, 3) lie 9 / sqrt(20) away from that line, on both sides.
    assertEquals(18 / Math.sqrt(20), measured.perpendicularMm(), EXACT);
  }

  @Test
  void partsThatLieApartAreOneSegment() {
    short[] labels = new short[11];
    labels[0] = 2;
    labels[10] = 2;
    SegmentMeasurement measured = measure(new Spacing(1, 1, 1), 11, 1, 1, labels, 2);
    assertEquals(11, measured.longestInPlaneMm(), EXACT);
    assertEquals(2, measured.voxels());
  }

  @Test
  void theLongestDistanceMayGoFromSliceToSlice() {
    // (0, 0, 0) and (4, 0, 3): along the columns from -0.5 to 4.5, along the slices 3 x 2 mm.
    short[] labels = new short[5 * 1 * 4];
    labels[0] = 1;
    labels[3 * 5 + 4] = 1;
    SegmentMeasurement measured = measure(new Spacing(1, 1, 2), 5, 1, 4, labels, 1);
    assertEquals(1, measured.longestInPlaneMm(), EXACT);
    assertEquals(0, measured.slice());
    // From (0, 0, -0.5 x 2) to (4, 0, 3.5 x 2): 4 and 8 apart, longer than 5 and 6.
    assertEquals(Math.sqrt(80), measured.longestMm(), EXACT);
  }

  @Test
  void everyLabelIsMeasuredAndBackgroundIsNot() {
    short[] labels = {0, 3, 3, 0, (short) 40000, 0};
    SortedMap<Integer, SegmentMeasurement> measured =
        SegmentMeasurements.of(map(new Spacing(1, 1, 1), 6, 1, 1, labels));
    assertEquals(Set.of(3, 40000), measured.keySet());
    assertTrue(SegmentMeasurements.of(map(new Spacing(1, 1, 1), 6, 1, 1, new short[6])).isEmpty());
  }

  @Test
  void isWhatComparingAllPointsGives() {
    for (long seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      int columns = 2 + random.nextInt(7);
      int rows = 2 + random.nextInt(7);
      int slices = 1 + random.nextInt(5);
      short[] labels = new short[columns * rows * slices];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (short) (random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
      }
      labels[0] = 1;
      LabelMap map = map(new Spacing(0.7, 1.1, 2.5), columns, rows, slices, labels);
      SegmentMeasurement measured = SegmentMeasurements.of(map).get(1);
      List<Vector3> surface = surface(map, 1);
      assertEquals(longest(surface, false), measured.longestMm(), 1e-9, "seed " + seed);
      assertEquals(longest(surface, true), measured.longestInPlaneMm(), 1e-9, "seed " + seed);
    }
  }

  private static double longest(List<Vector3> points, boolean inPlane) {
    double longest = 0;
    for (Vector3 a : points) {
      for (Vector3 b : points) {
        // Points half-way between slices are of no plane.
        boolean plane = Math.rint(a.z() / 2.5) * 2.5 == a.z() && a.z() == b.z();
        if (!inPlane || plane) {
          longest = Math.max(longest, a.minus(b).length());
        }
      }
    }
    return longest;
  }

  private static List<Vector3> surface(LabelMap map, int label) {
    GridSize size = map.geometry().size();
    int[][] steps = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    List<Vector3> points = new ArrayList<>();
    for (int i = 0; i < size.voxels(); i++) {
      int column = i % size.columns();
      int row = i / size.columns() % size.rows();
      int slice = i / size.voxelsPerSlice();
      for (int[] step : steps) {
        boolean outside =
            !size.contains(column + step[0], row + step[1], slice + step[2])
                || map.labelAt(column + step[0], row + step[1], slice + step[2]) != label;
        if (map.labelAt(i) == label && outside) {
          points.add(
              new Vector3(
                  (column + step[0] / 2.0) * 0.7,
                  (row + step[1] / 2.0) * 1.1,
                  (slice + step[2] / 2.0) * 2.5));
        }
      }
    }
    return points;
  }

  private static SegmentMeasurement measure(
      Spacing spacing, int columns, int rows, int slices, short[] labels, int label) {
    SegmentMeasurement measured =
        SegmentMeasurements.of(map(spacing, columns, rows, slices, labels)).get(label);
    assertTrue(measured != null);
    return measured;
  }

  private static LabelMap map(Spacing spacing, int columns, int rows, int slices, short[] labels) {
    return new LabelMap(
        new GridGeometry(
            new FrameOfReferenceUid("2.25.1"),
            new GridSize(columns, rows, slices),
            new Vector3(10, 20, 30),
            Axes.ofPlane(new Vector3(0, 1, 0), new Vector3(0, 0, 1)),
            spacing),
        labels);
  }
}
