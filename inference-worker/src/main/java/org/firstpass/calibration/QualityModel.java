package org.firstpass.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.firstpass.event.SegmentScore;
import org.firstpass.model.CalibrationSpec;
import org.firstpass.model.LabelSpec.ExpectedShape;
import org.firstpass.proposal.Quality;

/**
 * The probability that a proposed segment is acceptable, by what the proposal says of it; fitted on
 * the cases that it was given, and on nothing else.
 *
 * @param spec temperature and coefficients; its calibration error is not known yet and 0
 * @param expected shapes by segment number
 * @param temperatureIndex which of a measure's scores were made at its temperature
 */
record QualityModel(
    CalibrationSpec spec, Map<Integer, ExpectedShape> expected, int temperatureIndex) {
  private static final double DIGITS = 1e4;

  QualityModel {
    expected = Map.copyOf(expected);
  }

  static QualityModel fit(
      List<SegmentMeasure> measures,
      double temperature,
      int temperatureIndex,
      double acceptableDice) {
    Map<Integer, ExpectedShape> expected = ExpectedShapes.of(measures);
    List<double[]> rows = new ArrayList<>();
    var outcomes = new boolean[measures.size()];
    for (int i = 0; i < outcomes.length; i++) {
      SegmentMeasure measure = measures.get(i);
      SegmentScore score = measure.scores().get(temperatureIndex);
      Double agreement = score.agreement();
      rows.add(
          new double[] {
            score.uncertainty(), agreement == null ? 0 : 1 - agreement, warnings(measure, expected)
          });
      outcomes[i] = measure.dice() >= acceptableDice;
    }
    double[] fitted = LogisticFit.of(rows, outcomes);
    var spec =
        new CalibrationSpec(
            temperature,
            acceptableDice,
            rounded(fitted[0]),
            rounded(fitted[1]),
            rounded(fitted[2]),
            rounded(fitted[3]),
            0,
            measures.size());
    return new QualityModel(spec, expected, temperatureIndex);
  }

  /** What the package would say of a segment if it were calibrated by this. */
  double of(SegmentMeasure measure) {
    SegmentScore score = measure.scores().get(temperatureIndex);
    return Quality.of(spec, score.uncertainty(), score.agreement(), warnings(measure, expected));
  }

  private static int warnings(SegmentMeasure measure, Map<Integer, ExpectedShape> expected) {
    return measure.shape().against(expected.get(measure.segmentNumber())).size();
  }

  private static double rounded(double value) {
    return Math.rint(value * DIGITS) / DIGITS + 0.0;
  }
}
