package org.firstpass.evaluation.simulation;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * A learner that is trained in a moment: of each label the features are taken for normally
 * distributed, and a voxel gets the label that is most probable (quadratic discriminant analysis).
 * It is far from a network, but it is really trained on what was chosen and on nothing else.
 */
final class VoxelLearner {
  private static final int SIZE = VoxelSample.FEATURES;

  /** Added to variances, as a share of those of all voxels, so that few voxels do not overfit. */
  private static final double SHRINK = 0.02;

  private final int[] labels;
  private final double[][] means;
  private final double[][][] factors;
  private final double[] offsets;

  private VoxelLearner(int[] labels, double[][] means, double[][][] factors, double[] offsets) {
    this.labels = labels;
    this.means = means;
    this.factors = factors;
    this.offsets = offsets;
  }

  /** The sums that a label's distribution is made of. */
  private static final class Sums {
    private double count;
    private final double[] sum = new double[SIZE];
    private final double[][] products = new double[SIZE][SIZE];

    void add(double[] features) {
      count++;
      for (int i = 0; i < SIZE; i++) {
        sum[i] += features[i];
        for (int j = 0; j <= i; j++) {
          products[i][j] += features[i] * features[j];
        }
      }
    }

    void add(Sums other) {
      count += other.count;
      for (int i = 0; i < SIZE; i++) {
        sum[i] += other.sum[i];
        for (int j = 0; j <= i; j++) {
          products[i][j] += other.products[i][j];
        }
      }
    }

    double mean(int feature) {
      return sum[feature] / count;
    }

    double covariance(int i, int j) {
      return products[i][j] / count - mean(i) * mean(j);
    }
  }

  /** Trains on cases; with none it knows only what is not there. */
  static VoxelLearner trainedOn(Collection<VoxelSample> cases) {
    Map<Integer, Sums> byLabel = new TreeMap<>();
    for (VoxelSample one : cases) {
      for (int voxel = 0; voxel < one.count(); voxel++) {
        byLabel.computeIfAbsent(one.label(voxel), key -> new Sums()).add(one.features(voxel));
      }
    }
    var all = new Sums();
    byLabel.values().forEach(all::add);
    int count = byLabel.size();
    var labels = new int[count];
    var means = new double[count][SIZE];
    var factors = new double[count][][];
    var offsets = new double[count];
    int at = 0;
    for (Map.Entry<Integer, Sums> each : byLabel.entrySet()) {
      labels[at] = each.getKey();
      for (int i = 0; i < SIZE; i++) {
        means[at][i] = each.getValue().mean(i);
      }
      factors[at] = cholesky(each.getValue(), all);
      offsets[at] = Math.log(each.getValue().count / all.count) - logDeterminant(factors[at]);
      at++;
    }
    return new VoxelLearner(labels, means, factors, offsets);
  }

  /** The lower triangle whose square is the covariance, shrunk towards that of all voxels. */
  private static double[][] cholesky(Sums sums, Sums all) {
    var lower = new double[SIZE][SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j <= i; j++) {
        double value = sums.covariance(i, j);
        if (i == j) {
          value = Math.max(value, 0) + SHRINK * Math.max(all.covariance(i, i), 1e-9);
        }
        for (int k = 0; k < j; k++) {
          value -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(value, 1e-12)) : value / lower[j][j];
      }
    }
    return lower;
  }

  private static double logDeterminant(double[][] lower) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += Math.log(lower[i][i]);
    }
    return sum;
  }

  /** The logarithm of the probability of each label that it knows, but for a constant. */
  private double[] scores(double[] features) {
    var scores = new double[labels.length];
    var solved = new double[SIZE];
    for (int label = 0; label < labels.length; label++) {
      double[][] lower = factors[label];
      double distance = 0;
      for (int i = 0; i < SIZE; i++) {
        double value = features[i] - means[label][i];
        for (int k = 0; k < i; k++) {
          value -= lower[i][k] * solved[k];
        }
        solved[i] = value / lower[i][i];
        distance += solved[i] * solved[i];
      }
      scores[label] = offsets[label] - distance / 2;
    }
    return scores;
  }

  /** The most probable label; 0 before anything was learned. */
  int label(double[] features) {
    double[] scores = scores(features);
    int best = -1;
    for (int label = 0; label < scores.length; label++) {
      if (best < 0 || scores[label] > scores[best]) {
        best = label;
      }
    }
    return best < 0 ? 0 : labels[best];
  }

  /** Entropy of the labels' probabilities, 0 (sure) to 1. */
  double doubt(double[] features) {
    double[] scores = scores(features);
    if (scores.length < 2) {
      return 0;
    }
    double most = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      most = Math.max(most, score);
    }
    double sum = 0;
    double weighted = 0;
    for (double score : scores) {
      double weight = Math.exp(score - most);
      sum += weight;
      weighted += weight * (score - most);
    }
    return (Math.log(sum) - weighted / sum) / Math.log(scores.length);
  }
}
