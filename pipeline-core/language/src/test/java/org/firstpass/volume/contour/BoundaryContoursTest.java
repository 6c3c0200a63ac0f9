package org.firstpass.volume.contour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundaryContoursTest {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  @Test
  void aSinglePixelIsTheSquareAroundItsCentre() {
    assertEquals(List.of("2.5,0.5 3.5,0.5 3.5,1.5 2.5,1.5"), traced(".....", "...#.", "....."));
  }

  @Test
  void pixelsInALineAreOneRectangle() {
    assertEquals(List.of("-0.5,-0.5 3.5,-0.5 3.5,0.5 -0.5,0.5"), traced("####"));
  }

  @Test
  void pixelsThatTouchAtACornerAreApart() {
    assertEquals(
        List.of("-0.5,-0.5 0.5,-0.5 0.5,0.5 -0.5,0.5", "0.5,0.5 1.5,0.5 1.5,1.5 0.5,1.5"),
        traced("#.", ".#"));
    assertEquals(
        List.of("0.5,-0.5 1.5,-0.5 1.5,0.5 0.5,0.5", "-0.5,0.5 0.5,0.5 0.5,1.5 -0.5,1.5"),
        traced(".#", "#."));
  }

  @Test
  void aHoleIsReachedAlongTheEdgeBetweenTwoRowsAndLeftTheSameWay() {
    assertEquals(
        List.of(
            "-0.5,-0.5 2.5,-0.5 2.5,2.5 -0.5,2.5 -0.5,0.5 "
                + "0.5,0.5 0.5,1.5 1.5,1.5 1.5,0.5 0.5,0.5 -0.5,0.5"),
        traced("###", "#.#", "###"));
  }

  @Test
  void aHoleMayBeReachedThroughAnotherHole() {
    assertEquals(
        List.of(
            "-0.5,-0.5 6.5,-0.5 6.5,3.5 -0.5,3.5 -0.5,0.5 "
                + "0.5,0.5 0.5,2.5 1.5,2.5 1.5,0.5 "
                + "4.5,0.5 4.5,2.5 5.5,2.5 5.5,0.5 4.5,0.5 1.5,0.5 0.5,0.5 -0.5,0.5"),
        traced("#######", "#.###.#", "#.###.#", "#######"));
  }

  @Test
  void anIslandInAHoleIsAPolygonOfItsOwn() {
    assertEquals(2, traced("#####", "#...#", "#.#.#", "#...#", "#####").size());
  }

  @Test
  void nothingMarkedHasNoPolygon() {
    assertEquals(List.of(), BoundaryContours.of(new BitSet(), 7, NO_LIMIT));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "9,1", "2,2", "5,3", "17,23", "64,33"})
  void fillingGivesEveryPixelBackOnceWhateverTheShape(int columns, int rows) {
    for (long seed = 0; seed < 200; seed++) {
      BitSet marked = random(columns, rows, seed);
      assertTilesExactly(marked, columns, rows, NO_LIMIT, "seed " + seed);
    }
  }

  @Test
  void noPolygonHasMorePointsThanAllowed() {
    for (long seed = 0; seed < 200; seed++) {
      BitSet marked = random(31, 27, seed);
      int most = 4 + (int) (seed % 40);
      for (SlicePolygon polygon : BoundaryContours.of(marked, 31, most)) {
        assertTrue(polygon.points() <= most, "seed " + seed + ": " + polygon.points());
      }
      assertTilesExactly(marked, 31, 27, most, "seed " + seed);
    }
    assertThrows(IllegalArgumentException.class, () -> BoundaryContours.of(random(3, 3, 1), 3, 3));
  }

  /** Everything from single pixels to a slice with single holes, and rings within rings. */
  private static BitSet random(int columns, int rows, long seed) {
    var random = new Random(seed);
    var marked = new BitSet();
    double share = seed % 5 / 4.0 * 0.9 + 0.05;
    double rings = seed % 3 == 0 ? 0.5 + random.nextDouble() : 0;
    double column = random.nextDouble() * columns;
    double row = random.nextDouble() * rows;
    for (int i = 0; i < columns * rows; i++) {
      double radius = Math.hypot(i % columns - column, i / columns - row);
      boolean set = rings > 0 ? Math.sin(radius * rings) > 0 : random.nextDouble() < share;
      marked.set(i, set);
    }
    return marked;
  }

  private static void assertTilesExactly(
      BitSet marked, int columns, int rows, int most, String message) {
    var union = new BitSet();
    var flipped = new BitSet();
    double area = 0;
    for (SlicePolygon polygon : BoundaryContours.of(marked, columns, most)) {
      int[] runs = EvenOddFill.runs(polygon, columns, rows);
      for (int i = 0; i < runs.length; i += 2) {
        union.set(runs[i], runs[i + 1]);
        flipped.flip(runs[i], runs[i + 1]);
      }
      area += area(polygon);
    }
    assertEquals(marked, union, message);
    assertEquals(marked, flipped, message);
    assertEquals(marked.cardinality(), area, 1e-6, message);
  }

  private static double area(SlicePolygon polygon) {
    double twice = 0;
    for (int i = 0; i < polygon.points(); i++) {
      int next = (i + 1) % polygon.points();
      twice += polygon.column(i) * polygon.row(next) - polygon.column(next) * polygon.row(i);
    }
    return twice / 2;
  }

  private static List<String> traced(String... lines) {
    var marked = new BitSet();
    int columns = lines[0].length();
    for (int row = 0; row < lines.length; row++) {
      for (int column = 0; column < columns; column++) {
        marked.set(row * columns + column, lines[row].charAt(column) == '#');
      }
    }
    return BoundaryContours.of(marked, columns, NO_LIMIT).stream()
        .map(BoundaryContoursTest::text)
        .toList();
  }

  private static String text(SlicePolygon polygon) {
    var text = new StringBuilder();
    for (int i = 0; i < polygon.points(); i++) {
      text.append(polygon.column(i)).append(',').append(polygon.row(i)).append(' ');
    }
    return text.toString().strip();
  }
}
