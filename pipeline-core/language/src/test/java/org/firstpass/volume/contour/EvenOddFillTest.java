package org.firstpass.volume.contour;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvenOddFillTest {
  @Test
  void aTriangleHasTheCentresThatLieInIt() {
    // Rows 1 and 2 cross it from 0.75 to 2.9 and from 1.5 to 2.6.
    var triangle = new SlicePolygon(new double[] {0, 3.2, 2.25}, new double[] {0, 0, 3});
    assertArrayEquals(
        new int[] {0, 4, 5 + 1, 5 + 3, 10 + 2, 10 + 3}, EvenOddFill.runs(triangle, 5, 4));
    assertEquals(6, EvenOddFill.crossings(triangle, 4));
  }

  @Test
  void ofTwoPolygonsWithACommonEdgeThroughCentresExactlyOneHasThem() {
    var left = new SlicePolygon(new double[] {0, 2, 2, 0}, new double[] {0, 0, 3, 3});
    var right = new SlicePolygon(new double[] {2, 4, 4, 2}, new double[] {0, 0, 3, 3});
    assertEquals("{0, 1, 5, 6, 10, 11}", filled(left, 5, 4).toString());
    assertEquals("{2, 3, 7, 8, 12, 13}", filled(right, 5, 4).toString());
  }

  @Test
  void aPolygonThatCrossesItselfIsEmptyWhereItGoesRoundTwice() {
    // A square run through twice, and one of another size around it.
    var twice =
        new SlicePolygon(
            new double[] {0.5, 3.5, 3.5, 0.5, 0.5, 2.5, 2.5, 0.5},
            new double[] {0.5, 0.5, 3.5, 3.5, 0.5, 0.5, 2.5, 2.5});
    assertEquals("{8, 13, 16, 17, 18}", filled(twice, 5, 4).toString());
  }

  @Test
  void whatLiesOutsideOfTheSliceIsCutOff() {
    var large =
        new SlicePolygon(new double[] {-9, 90, 90, -9}, new double[] {-1e9, -1e9, 1e9, 1e9});
    assertEquals(20, filled(large, 5, 4).cardinality());
    var beside = new SlicePolygon(new double[] {7, 9, 8}, new double[] {0, 0, 3});
    assertEquals(0, filled(beside, 5, 4).cardinality());
  }

  @Test
  void agreesWithARayFromEachCentre() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      int points = 1 + random.nextInt(12);
      var polygon =
          new SlicePolygon(
              random.doubles(points, -3, 14).toArray(), random.doubles(points, -3, 12).toArray());
      assertEquals(byRays(polygon, 11, 9), filled(polygon, 11, 9), "seed " + seed);
    }
  }

  private static BitSet byRays(SlicePolygon polygon, int columns, int rows) {
    var inside = new BitSet();
    for (int i = 0; i < columns * rows; i++) {
      int crossed = 0;
      for (int a = 0; a < polygon.points(); a++) {
        int b = (a + 1) % polygon.points();
        double above = polygon.row(a) - i / columns;
        double below = polygon.row(b) - i / columns;
        if (above > 0 != below > 0) {
          double share = above / (above - below);
          double column = polygon.column(a) + share * (polygon.column(b) - polygon.column(a));
          crossed += column > i % columns ? 1 : 0;
        }
      }
      inside.set(i, crossed % 2 == 1);
    }
    return inside;
  }

  private static BitSet filled(SlicePolygon polygon, int columns, int rows) {
    var filled = new BitSet();
    int[] runs = EvenOddFill.runs(polygon, columns, rows);
    for (int i = 0; i < runs.length; i += 2) {
      filled.set(runs[i], runs[i + 1]);
    }
    return filled;
  }
}
