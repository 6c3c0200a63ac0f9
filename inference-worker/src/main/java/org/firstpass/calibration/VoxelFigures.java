package org.firstpass.calibration;

import java.util.List;
import org.firstpass.calibration.VoxelSamples.Sample;

/**
 * How well a network's probabilities held at single voxels, each half of the cases judged by the
 * temperature of the other half.
 *
 * @param voxels that were looked at
 * @param before as the network says it
 * @param after with the temperature
 * @param likelihoodBefore mean negative log-likelihood, nats
 * @param likelihoodAfter the same with the temperature
 */
public record VoxelFigures(
    int voxels,
    Reliability before,
    Reliability after,
    double likelihoodBefore,
    double likelihoodAfter) {

  /**
   * @param halves the samples of each half
   * @param temperatures that of each half
   */
  static VoxelFigures of(
      VoxelLikelihood likelihood, List<List<Sample>> halves, List<Double> temperatures) {
    var before = new Reliability.Tally();
    var after = new Reliability.Tally();
    int voxels = 0;
    double nllBefore = 0;
    double nllAfter = 0;
    for (int half = 0; half < halves.size(); half++) {
      List<Sample> samples = halves.get(half);
      double other = temperatures.get(1 - half);
      for (Sample sample : samples) {
        likelihood.tally(sample, 1, before);
        likelihood.tally(sample, other, after);
      }
      voxels += samples.size();
      nllBefore += samples.size() * likelihood.negativeLogLikelihood(samples, 1);
      nllAfter += samples.size() * likelihood.negativeLogLikelihood(samples, other);
    }
    int all = Math.max(1, voxels);
    return new VoxelFigures(
        voxels, before.finish(), after.finish(), nllBefore / all, nllAfter / all);
  }
}
