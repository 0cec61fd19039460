package io.earlybird.benchmarks.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Coefficients c, none of them negative, of y = sum_k c_k x_k with the least sum of squared
 * relative errors: the most negative coefficient is left out until none is negative.
 */
final class LeastSquares {
  private static final double SINGULAR = 1e-12;

  private LeastSquares() {}

  /**
   * Fits.
   *
   * @param features x of each observation, all of one length
   * @param observed y, above 0
   */
  static double[] fit(List<double[]> features, double[] observed) {
    boolean[] used = new boolean[features.get(0).length];
    Arrays.fill(used, true);
    while (true) {
      int[] columns = IntStream.range(0, used.length).filter(k -> used[k]).toArray();
      double[] solved = solve(features, observed, columns);
      int worst = least(solved);
      if (columns.length == 0 || solved[worst] >= 0) {
        double[] coefficients = new double[used.length];
        for (int k = 0; k < columns.length; k++) {
          coefficients[columns[k]] = solved[k];
        }
        return coefficients;
      }
      used[columns[worst]] = false;
    }
  }

  private static int least(double[] values) {
    int least = 0;
    for (int k = 1; k < values.length; k++) {
      if (values[k] < values[least]) {
        least = k;
      }
    }
    return least;
  }

  /** Normal equations in units in which every column has the length 1, by Gauss-Jordan. */
  private static double[] solve(List<double[]> features, double[] observed, int[] columns) {
    int n = columns.length;
    double[][] x = new double[features.size()][n];
    double[] length = new double[n];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < n; k++) {
        x[i][k] = features.get(i)[columns[k]] / observed[i];
        length[k] += x[i][k] * x[i][k];
      }
    }
    double[][] equations = new double[n][n + 1];
    for (double[] row : x) {
      for (int k = 0; k < n; k++) {
        double scaled = row[k] / Math.sqrt(length[k]);
        for (int l = 0; l < n; l++) {
          equations[k][l] += scaled * row[l] / Math.sqrt(length[l]);
        }
        equations[k][n] += scaled;
      }
    }
    eliminate(equations);
    double[] solved = new double[n];
    for (int k = 0; k < n; k++) {
      solved[k] = equations[k][n] / Math.sqrt(length[k]);
    }
    return solved;
  }

  private static void eliminate(double[][] equations) {
    int n = equations.length;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int row = k + 1; row < n; row++) {
        if (Math.abs(equations[row][k]) > Math.abs(equations[pivot][k])) {
          pivot = row;
        }
      }
      double[] swapped = equations[k];
      equations[k] = equations[pivot];
      equations[pivot] = swapped;
      if (Math.abs(equations[k][k]) < SINGULAR) {
        throw new IllegalArgumentException(
            "Cannot fit: too few different cases were measured; measure more with benchmarks/run"
                + " rounds");
      }
      for (int row = 0; row < n; row++) {
        if (row != k) {
          double factor = equations[row][k] / equations[k][k];
          for (int column = k; column <= n; column++) {
            equations[row][column] -= factor * equations[k][column];
          }
        }
      }
    }
    for (int k = 0; k < n; k++) {
      equations[k][n] /= equations[k][k];
    }
  }
}
