package org.firstpass.evaluation;

import java.util.List;
import java.util.Optional;
import org.firstpass.evaluation.Bootstrap.Observation;

/**
 * How many minutes of readers a candidate would have saved or cost, by what it would have given
 * them to draw.
 *
 * <p>A minute costs what it cost in these very cases: least squares of the readers' minutes on the
 * added path length of what was served. If more to draw did not take longer, nothing is saved. The
 * interval is by patient, with the price of a mm fitted anew in every draw.
 *
 * @param perCase mean of what is saved per case in minutes; below 0 is lost
 * @param minutesPerMm what a mm of contour took, 0 or more
 */
public record MinutesSaved(Estimate perCase, double minutesPerMm) {

  /** Empty if there are no cases, or all had the same to draw. */
  public static Optional<MinutesSaved> of(List<ReplayedCase> cases, Bootstrap bootstrap) {
    double price = minutesPerMm(cases);
    List<Observation<ReplayedCase>> observations =
        cases.stream().map(each -> new Observation<>(each.patient(), each)).toList();
    return bootstrap
        .of(observations, MinutesSaved::perCase)
        .map(estimate -> new MinutesSaved(estimate, price));
  }

  /** What all cases together would have saved, in minutes. */
  public double total() {
    return perCase.value() * perCase.cases();
  }

  private static double perCase(List<ReplayedCase> cases) {
    double less =
        cases.stream()
            .mapToDouble(each -> each.servedMm() - each.candidateMm())
            .average()
            .orElse(Double.NaN);
    return minutesPerMm(cases) * less;
  }

  /** NaN if all had the same to draw. */
  private static double minutesPerMm(List<ReplayedCase> cases) {
    double meanMm = cases.stream().mapToDouble(ReplayedCase::servedMm).average().orElse(0);
    double meanMinutes = cases.stream().mapToDouble(ReplayedCase::minutes).average().orElse(0);
    double together = 0;
    double squares = 0;
    for (ReplayedCase each : cases) {
      double off = each.servedMm() - meanMm;
      together += off * (each.minutes() - meanMinutes);
      squares += off * off;
    }
    return squares == 0 ? Double.NaN : Math.max(0, together / squares);
  }
}
