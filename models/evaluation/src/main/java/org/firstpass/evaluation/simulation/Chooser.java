package org.firstpass.evaluation.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Chooses the next case by a rule, given what was chosen. One of a run; not thread-safe. */
final class Chooser {
  /** So many voxels of a case say how the learner does on it. */
  private static final int LOOKED_AT = 400;

  private final PickRule rule;
  private final Random random;
  private final double[] spread;

  /**
   * @param all cases of the run, by which statistics are scaled
   */
  Chooser(PickRule rule, List<VoxelSample> all, Random random) {
    this.rule = rule;
    this.random = random;
    this.spread = spread(all);
  }

  /** The place in {@code waiting} of the case that is next. */
  int next(List<VoxelSample> waiting, List<VoxelSample> chosen, VoxelLearner learner) {
    return switch (rule) {
      case RANDOM -> random.nextInt(waiting.size());
      case UNCERTAINTY -> most(waiting, one -> doubt(learner, one));
      case DIVERSITY -> most(waiting, one -> distance(one, chosen));
      case DISAGREEMENT -> {
        VoxelLearner even = VoxelLearner.trainedOn(half(chosen, 0));
        VoxelLearner odd = VoxelLearner.trainedOn(half(chosen, 1));
        yield most(waiting, one -> disagreement(even, odd, one));
      }
      case NOVELTY -> most(waiting, one -> -count(one.origin(), chosen));
    };
  }

  // Equal ones are drawn among, or the order of the names would be a strategy.
  private int most(List<VoxelSample> waiting, ToDoubleFunction<VoxelSample> worth) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    int equal = 0;
    for (int at = 0; at < waiting.size(); at++) {
      double value = worth.applyAsDouble(waiting.get(at));
      equal = value > most ? 1 : value == most ? equal + 1 : equal;
      if (value > most || value == most && random.nextInt(equal) == 0) {
        most = value;
        best = at;
      }
    }
    return best;
  }

  private static double doubt(VoxelLearner learner, VoxelSample one) {
    int step = Math.max(1, one.count() / LOOKED_AT);
    double sum = 0;
    int looked = 0;
    for (int voxel = step / 2; voxel < one.count(); voxel += step) {
      sum += learner.doubt(one.features(voxel));
      looked++;
    }
    return sum / looked;
  }

  private static double disagreement(VoxelLearner even, VoxelLearner odd, VoxelSample one) {
    int step = Math.max(1, one.count() / LOOKED_AT);
    int differ = 0;
    int looked = 0;
    for (int voxel = step / 2; voxel < one.count(); voxel += step) {
      double[] features = one.features(voxel);
      differ += even.label(features) == odd.label(features) ? 0 : 1;
      looked++;
    }
    return (double) differ / looked;
  }

  private static List<VoxelSample> half(List<VoxelSample> chosen, int remainder) {
    var half = new ArrayList<VoxelSample>();
    for (int at = 0; at < chosen.size(); at++) {
      if (at % 2 == remainder || chosen.size() == 1) {
        half.add(chosen.get(at));
      }
    }
    return half;
  }

  private double distance(VoxelSample one, List<VoxelSample> chosen) {
    double[] statistics = one.statistics();
    double nearest = Double.POSITIVE_INFINITY;
    for (VoxelSample other : chosen) {
      double[] theirs = other.statistics();
      double sum = 0;
      for (int i = 0; i < statistics.length; i++) {
        double difference = (statistics[i] - theirs[i]) / spread[i];
        sum += difference * difference;
      }
      nearest = Math.min(nearest, sum);
    }
    return nearest;
  }

  private static long count(String origin, List<VoxelSample> chosen) {
    return chosen.stream().filter(one -> one.origin().equals(origin)).count();
  }

  private static double[] spread(List<VoxelSample> all) {
    List<double[]> statistics = all.stream().map(VoxelSample::statistics).toList();
    var spread = new double[statistics.get(0).length];
    for (int i = 0; i < spread.length; i++) {
      int at = i;
      double mean = statistics.stream().mapToDouble(each -> each[at]).average().orElse(0);
      double variance =
          statistics.stream().mapToDouble(each -> Math.pow(each[at] - mean, 2)).average().orElse(0);
      spread[i] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    return spread;
  }
}
