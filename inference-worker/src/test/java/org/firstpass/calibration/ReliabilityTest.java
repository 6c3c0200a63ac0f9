package org.firstpass.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReliabilityTest {
  @Test
  void theErrorIsTheWeightedDistanceOfStatementsFromWhatCameTrue() {
    var tally = new Reliability.Tally();
    // Bin 0.8 to 0.9: stated 0.85 on average, half came true. Bin 0.1 to 0.2: stated 0.1, none.
    tally.add(0.80, true);
    tally.add(0.90 - 1e-12, false);
    tally.add(0.1, false);
    tally.add(0.1, false);
    tally.add(0.1, false);
    Reliability reliability = tally.finish();
    assertEquals(5, reliability.count());
    assertEquals((2 * 0.35 + 3 * 0.1) / 5, reliability.expectedCalibrationError(), 1e-9);
    assertEquals(new Reliability.Bin(0, 0, 0), reliability.bins().get(5));
    assertEquals(2, reliability.bins().get(8).count());
  }

  @Test
  void certaintyLiesInTheLastBin() {
    var tally = new Reliability.Tally();
    tally.add(1, true);
    tally.add(0, false);
    Reliability reliability = tally.finish();
    assertEquals(1, reliability.bins().get(9).count());
    assertEquals(1, reliability.bins().get(0).count());
    assertEquals(0, reliability.expectedCalibrationError());
    assertEquals(0, new Reliability.Tally().finish().expectedCalibrationError());
  }

  @Test
  void correlationsAreThoseOfATextbook() {
    double[] a = {1, 2, 3, 4, 5};
    double[] b = {2, 1, 4, 3, 5};
    Correlation found = Correlation.of(a, b);
    assertEquals(0.8, found.pearson(), 1e-12);
    assertEquals(0.8, found.spearman(), 1e-12);
    // Spearman sees only the order: a cube does not change it, and ties share their rank.
    assertEquals(1, Correlation.of(a, new double[] {1, 8, 27, 64, 125}).spearman(), 1e-12);
    Correlation ties = Correlation.of(new double[] {1, 2, 2, 3}, new double[] {1, 3, 2, 4});
    assertEquals(0.9486832980505138, ties.spearman(), 1e-12);
    assertTrue(Double.isNaN(Correlation.of(a, new double[5]).pearson()));
  }

  @Test
  void figuresTellWithinSegmentsWhatDifferencesBetweenThemWouldHide() {
    List<QualityFigures.Stated> stated =
        List.of(
            new QualityFigures.Stated(1, 0.9, 0.1, 0.95),
            new QualityFigures.Stated(1, 0.8, 0.2, 0.97),
            new QualityFigures.Stated(2, 0.3, 0.5, 0.60),
            new QualityFigures.Stated(2, 0.2, 0.6, 0.65),
            new QualityFigures.Stated(3, 0.5, 0.6, 0.70));
    QualityFigures figures = QualityFigures.of(stated, 0.9);
    assertTrue(figures.withDice().pearson() > 0.9);
    assertEquals(-1, figures.withinSegments().pearson(), 1e-12);
    assertEquals(-1, figures.withinSegments().spearman(), 1e-12);
    assertEquals(0.4, figures.acceptableShare(), 1e-12);
    assertEquals((0.01 + 0.04 + 0.09 + 0.04 + 0.25) / 5, figures.brier(), 1e-12);
  }
}
