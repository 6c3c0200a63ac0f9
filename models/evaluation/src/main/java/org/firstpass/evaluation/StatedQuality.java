package org.firstpass.evaluation;

import org.firstpass.calibration.Reliability;

/** How far the qualities that proposals stated came true. */
final class StatedQuality {
  private StatedQuality() {}

  /** No statements if the package states no quality. */
  static Reliability reliability(EvaluationReport report) {
    var tally = new Reliability.Tally();
    double acceptable = report.settings().acceptableDice();
    for (CaseResult each : report.cases()) {
      for (SegmentMeasures found : each.segments()) {
        Double quality = found.quality();
        if (quality != null) {
          tally.add(quality, found.dice() >= acceptable);
        }
      }
    }
    return tally.finish();
  }
}
