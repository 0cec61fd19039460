package io.earlybird.pruning.thinet;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Which channels go, and how the others make up for them.
 *
 * <p>Channels go one after the other, always the one that adds least to sum_m (sum of the
 * contributions of all that have gone)^2, ties by the lowest index. That is not the best choice of
 * as many channels. The others are scaled by w = (X'X)^-1 X'y.
 */
final class GreedyChannels {
  /** Share of the mean square that keeps the equations solvable where contributions are alike. */
  private static final double RIDGE = 1e-10;

  private GreedyChannels() {}

  /** The channels that go. */
  static BitSet gone(Contributions x, int count) {
    BitSet gone = new BitSet();
    double[] sums = new double[x.samples()];
    for (int step = 0; step < count; step++) {
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int c = gone.nextClearBit(0); c < x.channels(); c = gone.nextClearBit(c + 1)) {
        double error = 0;
        for (int m = 0; m < sums.length; m++) {
          double sum = sums[m] + x.value(c, m);
          error += sum * sum;
        }
        if (error < least) {
          least = error;
          best = c;
        }
      }
      if (best < 0) {
        throw new ArithmeticException(
            "Cannot choose channels: their contributions are not finite; the training has diverged,"
                + " lower the learning rate");
      }
      gone.set(best);
      for (int m = 0; m < sums.length; m++) {
        sums[m] += x.value(best, m);
      }
    }
    return gone;
  }

  /** Factors of the channels that stay, in their order; all 1 if nothing is contributed. */
  static double[] factors(Contributions x, BitSet gone) {
    int[] kept = IntStream.range(0, x.channels()).filter(c -> !gone.get(c)).toArray();
    int n = kept.length;
    double[][] matrix = new double[n][n + 1];
    double trace = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = x.product(kept[i], kept[j]);
        matrix[j][i] = matrix[i][j];
      }
      for (int c = 0; c < x.channels(); c++) {
        matrix[i][n] += x.product(kept[i], c);
      }
      trace += matrix[i][i];
    }
    double[] factors = new double[n];
    if (trace == 0) {
      Arrays.fill(factors, 1);
      return factors;
    }
    for (int i = 0; i < n; i++) {
      matrix[i][i] += RIDGE * trace / n;
      matrix[i][n] += RIDGE * trace / n;
    }
    return solve(matrix, factors);
  }

  /** Gauss elimination with the largest pivot; the last column is the right-hand side. */
  private static double[] solve(double[][] matrix, double[] solution) {
    int n = matrix.length;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(matrix[i][k]) > Math.abs(matrix[pivot][k]) ? i : pivot;
      }
      double[] row = matrix[pivot];
      matrix[pivot] = matrix[k];
      matrix[k] = row;
      for (int i = k + 1; i < n; i++) {
        double factor = matrix[i][k] / row[k];
        for (int j = k; j <= n; j++) {
          matrix[i][j] -= factor * row[j];
        }
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = matrix[i][n];
      for (int j = i + 1; j < n; j++) {
        sum -= matrix[i][j] * solution[j];
      }
      solution[i] = sum / matrix[i][i];
    }
    return solution;
  }
}
