package org.firstpass.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DrawingTest {
  @Test
  void aShareBelowTheFloorIsRefused() {
    assertEquals(0.02, new Drawing(0.02, 1).randomShare());
    for (double share : new double[] {0, 0.0199, -1, 1.01, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Drawing(share, 1));
    }
  }

  @Test
  void aDrawIsTheSameForTheSameSeedReaderAndNumber() {
    var drawing = new Drawing(0.5, 42);
    assertEquals(drawing.draw("anna", 7), new Drawing(0.5, 42).draw("anna", 7));
    assertNotEquals(drawing.draw("anna", 7).place(), drawing.draw("anna", 8).place());
    assertNotEquals(drawing.draw("anna", 7).place(), drawing.draw("ben", 7).place());
    assertNotEquals(drawing.draw("anna", 7).place(), new Drawing(0.5, 43).draw("anna", 7).place());
  }

  @Test
  void theShareOfLotsAndTheirPlacesAreWhatTheySay() {
    var drawing = new Drawing(0.25, 5);
    int lots = 0;
    var places = new int[20];
    var among = new int[20];
    for (int number = 1; number <= 40_000; number++) {
      Drawing.Draw draw = drawing.draw("anna", number);
      lots += draw.byLot() ? 1 : 0;
      places[(int) (draw.place() * 20)]++;
      among[draw.among(20)]++;
    }
    // Four standard deviations of a binomial share.
    assertEquals(0.25, lots / 40_000.0, 4 * Math.sqrt(0.25 * 0.75 / 40_000));
    double[] even = new double[20];
    Arrays.fill(even, 2000);
    assertTrue(chiSquare(places, even) < CHI_SQUARE_19, () -> Arrays.toString(places));
    assertTrue(chiSquare(among, even) < CHI_SQUARE_19, () -> Arrays.toString(among));
  }

  @Test
  void theProbabilitiesOfAllThatWaitAreOneTogether() {
    var random = new Random(3);
    for (int waiting : new int[] {1, 2, 63, 64, 65, 66, 200, 1000}) {
      double[] lots = random.doubles(waiting).sorted().toArray();
      double sum = 0;
      for (int i = 0; i < waiting; i++) {
        double each = probability(lots, i);
        assertTrue(each > 0 && each < 1 || waiting == 1, () -> "of " + waiting);
        sum += each;
      }
      assertEquals(1, sum, 1e-9, () -> "of " + waiting);
    }
  }

  @Test
  void aPickIsTheLotAndForTheFirstTheRestOfTheShares() {
    var drawing = new Drawing(0.2, 1);
    assertEquals(0.2 / 50, LotCircle.ofPick(drawing, 1.0 / 50, false), 1e-12);
    assertEquals(0.2 / 50 + 0.8, LotCircle.ofPick(drawing, 1.0 / 50, true), 1e-12);
    assertEquals(1, LotCircle.ofPick(drawing, 1, true), 1e-12);
  }

  /** The 99.9th percentile of chi-square with 19 degrees of freedom. */
  private static final double CHI_SQUARE_19 = 43.82;

  private static double chiSquare(int[] found, double[] expected) {
    double sum = 0;
    for (int i = 0; i < found.length; i++) {
      sum += Math.pow(found[i] - expected[i], 2) / expected[i];
    }
    return sum;
  }

  private static double probability(double[] lots, int index) {
    int others = Math.min(LotCircle.WINDOW, lots.length - 1);
    return LotCircle.probability(
        lots[index],
        others,
        others < LotCircle.WINDOW
            ? OptionalDouble.empty()
            : OptionalDouble.of(lots[Math.floorMod(index - LotCircle.WINDOW, lots.length)]));
  }
}
