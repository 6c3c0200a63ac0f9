package org.firstpass.calibration;

import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression by iteratively reweighted least squares, which is Newton's method, with a
 * ridge on everything but the intercept.
 *
 * <p>Columns are standardised for the ridge and the coefficients turned back. No coefficient may be
 * above zero: a doubt never speaks for a segment, so a column that would is left out. Half a case
 * that came true and half a one that did not are added at the mean, so that cases which all came
 * true do not make for certainty.
 *
 * @see "Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, section 4.4"
 */
final class LogisticFit {
  private static final double RIDGE = 1;
  private static final double PRIOR_WEIGHT = 0.5;
  private static final int MOST_STEPS = 200;
  private static final double LONGEST_STEP = 1;
  private static final double SMALL_STEP = 1e-10;
  private static final double SMALL_DEVIATION = 1e-9;

  private final double[] means;
  private final double[] deviations;
  private final List<double[]> rows;
  private final boolean[] outcomes;

  private LogisticFit(List<double[]> rows, boolean[] outcomes) {
    this.rows = rows;
    this.outcomes = outcomes;
    int columns = rows.get(0).length;
    this.means = new double[columns];
    this.deviations = new double[columns];
    for (int column = 0; column < columns; column++) {
      int at = column;
      means[column] = rows.stream().mapToDouble(row -> row[at]).average().orElse(0);
      double variance =
          rows.stream().mapToDouble(row -> (row[at] - means[at]) * (row[at] - means[at])).sum();
      deviations[column] = Math.sqrt(variance / rows.size());
    }
  }

  /**
   * Fits intercept and coefficients.
   *
   * @param rows one per case, at least one, all of the same length
   * @param outcomes whether each came true
   * @return the intercept, then the coefficient of each column; 0 for one without variation
   */
  static double[] of(List<double[]> rows, boolean[] outcomes) {
    if (rows.isEmpty() || rows.size() != outcomes.length) {
      throw new IllegalArgumentException(
          "a fit needs as many outcomes as rows, and at least one, but has "
              + rows.size()
              + " and "
              + outcomes.length);
    }
    var fit = new LogisticFit(rows, outcomes);
    var used = new boolean[fit.means.length];
    for (int column = 0; column < used.length; column++) {
      used[column] = fit.deviations[column] > SMALL_DEVIATION;
    }
    double[] coefficients = fit.standardised(used);
    for (int worst = largest(coefficients); worst > 0; worst = largest(coefficients)) {
      used[worst - 1] = false;
      coefficients = fit.standardised(used);
    }
    return fit.turnedBack(coefficients);
  }

  /** The place of the largest coefficient above zero, the intercept not counted; 0 for none. */
  private static int largest(double[] coefficients) {
    int largest = 0;
    for (int i = 1; i < coefficients.length; i++) {
      boolean larger = largest == 0 || coefficients[i] > coefficients[largest];
      largest = coefficients[i] > 0 && larger ? i : largest;
    }
    return largest;
  }

  private double[] standardised(boolean[] used) {
    var coefficients = new double[used.length + 1];
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] change = newtonStep(coefficients, used);
      double largest = Arrays.stream(change).map(Math::abs).max().orElse(0);
      // A far step may overshoot where the function is flat; a short one cannot.
      double share = largest > LONGEST_STEP ? LONGEST_STEP / largest : 1;
      for (int i = 0; i < change.length; i++) {
        coefficients[i] += share * change[i];
      }
      if (largest < SMALL_STEP) {
        break;
      }
    }
    return coefficients;
  }

  private double[] newtonStep(double[] coefficients, boolean[] used) {
    int size = coefficients.length;
    var gradient = new double[size];
    var hessian = new double[size][size];
    var row = new double[size];
    row[0] = 1;
    for (int i = 0; i < outcomes.length; i++) {
      for (int column = 0; column < used.length; column++) {
        row[column + 1] =
            used[column] ? (rows.get(i)[column] - means[column]) / deviations[column] : 0;
      }
      add(row, outcomes[i] ? 1 : 0, 1, coefficients, gradient, hessian);
    }
    Arrays.fill(row, 1, size, 0);
    add(row, 0.5, 2 * PRIOR_WEIGHT, coefficients, gradient, hessian);
    for (int i = 1; i < size; i++) {
      gradient[i] -= RIDGE * coefficients[i];
      hessian[i][i] += RIDGE;
    }
    return solved(hessian, gradient);
  }

  private static void add(
      double[] row,
      double outcome,
      double weight,
      double[] coefficients,
      double[] gradient,
      double[][] hessian) {
    double score = 0;
    for (int i = 0; i < row.length; i++) {
      score += coefficients[i] * row[i];
    }
    double probability = 1 / (1 + Math.exp(-score));
    for (int i = 0; i < row.length; i++) {
      gradient[i] += weight * (outcome - probability) * row[i];
      for (int j = 0; j < row.length; j++) {
        hessian[i][j] += weight * probability * (1 - probability) * row[i] * row[j];
      }
    }
  }

  /** Gaussian elimination with pivoting; the matrix is small, symmetric and positive definite. */
  private static double[] solved(double[][] matrix, double[] right) {
    int size = right.length;
    for (int pivot = 0; pivot < size; pivot++) {
      int best = pivot;
      for (int i = pivot + 1; i < size; i++) {
        best = Math.abs(matrix[i][pivot]) > Math.abs(matrix[best][pivot]) ? i : best;
      }
      double[] line = matrix[best];
      matrix[best] = matrix[pivot];
      matrix[pivot] = line;
      double value = right[best];
      right[best] = right[pivot];
      right[pivot] = value;
      for (int i = pivot + 1; i < size; i++) {
        double factor = matrix[i][pivot] / line[pivot];
        right[i] -= factor * value;
        for (int j = pivot; j < size; j++) {
          matrix[i][j] -= factor * line[j];
        }
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int j = i + 1; j < size; j++) {
        right[i] -= matrix[i][j] * right[j];
      }
      right[i] /= matrix[i][i];
    }
    return right;
  }

  private double[] turnedBack(double[] coefficients) {
    var back = coefficients.clone();
    for (int column = 0; column < means.length; column++) {
      if (coefficients[column + 1] != 0) {
        back[column + 1] = coefficients[column + 1] / deviations[column];
        back[0] -= back[column + 1] * means[column];
      }
    }
    return back;
  }
}
