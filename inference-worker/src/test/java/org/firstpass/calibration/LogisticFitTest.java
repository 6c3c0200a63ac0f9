package org.firstpass.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LogisticFitTest {
  @Test
  void coefficientsThatMadeTheOutcomesAreFoundAgain() {
    var data = new Data(20_000, 1, new double[] {2, -6, -1.5});
    double[] found = LogisticFit.of(data.rows, data.outcomes);
    assertEquals(2, found[0], 0.15);
    assertEquals(-6, found[1], 0.4);
    assertEquals(-1.5, found[2], 0.15);
  }

  @Test
  void noNearbyCoefficientsMakeTheOutcomesLikelier() {
    var data = new Data(300, 2, new double[] {1, -4, -1});
    double[] found = LogisticFit.of(data.rows, data.outcomes);
    double best = data.penalisedLikelihood(found);
    for (int i = 0; i < found.length; i++) {
      for (double step : new double[] {-1e-3, 1e-3}) {
        double[] other = found.clone();
        other[i] += step;
        assertTrue(data.penalisedLikelihood(other) < best, "coefficient " + i + " by " + step);
      }
    }
  }

  @Test
  void aDoubtThatWouldSpeakForASegmentIsLeftOut() {
    var data = new Data(500, 3, new double[] {0, -5, 2});
    double[] found = LogisticFit.of(data.rows, data.outcomes);
    assertEquals(0, found[2]);
    assertTrue(found[1] < -2);
  }

  @Test
  void casesThatAllCameTrueDoNotMakeForCertainty() {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new double[] {i / 100.0});
    }
    var outcomes = new boolean[20];
    Arrays.fill(outcomes, true);
    double[] found = LogisticFit.of(rows, outcomes);
    double stated = 1 / (1 + Math.exp(-found[0]));
    assertTrue(stated > 0.9 && stated < 0.99, "stated " + stated);
  }

  @Test
  void aColumnThatDoesNotVaryCountsForNothing() {
    List<double[]> rows = List.of(new double[] {7}, new double[] {7}, new double[] {7});
    double[] found = LogisticFit.of(rows, new boolean[] {true, false, true});
    assertEquals(0, found[1]);
    // Two and a half of four came true, half of one each way being given.
    assertEquals(Math.log(2.5 / 1.5), found[0], 1e-9);
  }

  @Test
  void outcomesThatOneColumnSeparatesStayFinite() {
    List<double[]> rows = List.of(new double[] {1}, new double[] {2}, new double[] {3});
    double[] found = LogisticFit.of(rows, new boolean[] {true, true, false});
    assertTrue(Math.abs(found[0]) < 10 && found[1] < 0 && found[1] > -10);
    assertArrayEquals(found, LogisticFit.of(rows, new boolean[] {true, true, false}));
  }

  @Test
  void nothingToFitOnIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> LogisticFit.of(List.of(), new boolean[0]));
    assertThrows(
        IllegalArgumentException.class,
        () -> LogisticFit.of(List.of(new double[] {1}), new boolean[2]));
  }

  /** Rows drawn at random and outcomes drawn by known coefficients. */
  private static final class Data {
    private final List<double[]> rows = new ArrayList<>();
    private final boolean[] outcomes;

    Data(int count, int seed, double[] coefficients) {
      var random = new Random(seed);
      outcomes = new boolean[count];
      for (int i = 0; i < count; i++) {
        double[] row = {random.nextDouble(), random.nextInt(3)};
        rows.add(row);
        outcomes[i] = random.nextDouble() < probability(coefficients, row);
      }
    }

    static double probability(double[] coefficients, double[] row) {
      return 1
          / (1 + Math.exp(-coefficients[0] - coefficients[1] * row[0] - coefficients[2] * row[1]));
    }

    /**
     * What the fit maximises, written down anew: ridge of 1 per deviation, half a case each way.
     */
    double penalisedLikelihood(double[] coefficients) {
      double sum = 0;
      var means = new double[2];
      for (int i = 0; i < rows.size(); i++) {
        double p = probability(coefficients, rows.get(i));
        sum += Math.log(outcomes[i] ? p : 1 - p);
        means[0] += rows.get(i)[0] / rows.size();
        means[1] += rows.get(i)[1] / rows.size();
      }
      double p = probability(coefficients, means);
      sum += 0.5 * Math.log(p) + 0.5 * Math.log(1 - p);
      for (int column = 0; column < 2; column++) {
        double variance = 0;
        for (double[] row : rows) {
          variance += (row[column] - means[column]) * (row[column] - means[column]) / rows.size();
        }
        sum -= 0.5 * coefficients[column + 1] * coefficients[column + 1] * variance;
      }
      return sum;
    }
  }
}
