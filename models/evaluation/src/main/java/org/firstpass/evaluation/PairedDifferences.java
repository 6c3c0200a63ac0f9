package org.firstpass.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.firstpass.calibration.Reliability;
import org.firstpass.evaluation.Bootstrap.Observation;
import org.firstpass.evaluation.Measure.Share;

/** Differences of two packages on the same cases, with intervals by patient. */
public final class PairedDifferences {
  private final Bootstrap bootstrap;

  public PairedDifferences(Bootstrap bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** One case as two packages did it. */
  public record Pair(CaseResult candidate, CaseResult served) {}

  /** The mean difference; empty of no cases. */
  public Optional<Estimate> of(List<Pair> pairs, ToDoubleFunction<Pair> difference) {
    List<Observation<Share>> observations =
        pairs.stream()
            .map(
                pair ->
                    new Observation<>(
                        pair.candidate().subject().patient(),
                        Share.of(difference.applyAsDouble(pair))))
            .toList();
    return bootstrap.ratio(observations);
  }

  /**
   * The difference of the expected calibration errors of voxels; empty if neither stated anything.
   */
  public Optional<Estimate> ofCalibrationErrors(List<Pair> pairs) {
    List<Observation<Pair>> observations =
        pairs.stream()
            .filter(pair -> pair.candidate().voxels().count() + pair.served().voxels().count() > 0)
            .map(pair -> new Observation<>(pair.candidate().subject().patient(), pair))
            .toList();
    return bootstrap.of(observations, PairedDifferences::calibrationDifference);
  }

  private static double calibrationDifference(List<Pair> pairs) {
    var candidate = Reliability.together(pairs.stream().map(p -> p.candidate().voxels()).toList());
    var served = Reliability.together(pairs.stream().map(p -> p.served().voxels()).toList());
    return candidate.expectedCalibrationError() - served.expectedCalibrationError();
  }
}
