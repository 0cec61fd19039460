package io.earlybird.pruning.weights;

/**
 * A sparsity that grows along a cubic (Zhu and Gupta 2017, arXiv 1710.01878; specification 6.6):
 *
 * <pre>
 *   s(t) = S * (1 - (1 - t / (n * dt))^3)   after t = dt, 2 dt, ..., n dt epochs, n = T div dt - 1
 * </pre>
 *
 * @param sparsity S in [0, 1)
 * @param everyEpochs dt, at least 1, at most half of the run
 */
public record CubicSparsity(double sparsity, int everyEpochs) {
  public CubicSparsity {
    PrunableWeights.requireSparsity(sparsity);
    if (everyEpochs < 1) {
      throw new IllegalArgumentException(
          "Invalid pruning every " + everyEpochs + " epochs: must be at least 1");
    }
  }

  /**
   * Checks the length T of a run.
   *
   * @throws IllegalArgumentException if it has no pruning
   */
  public void requireFits(int epochs) {
    if (prunings(epochs) < 1) {
      throw new IllegalArgumentException(
          "Invalid pruning every "
              + everyEpochs
              + " of "
              + epochs
              + " epochs: must be half of them at most");
    }
  }

  /** n. */
  public int prunings(int epochs) {
    return epochs / everyEpochs - 1;
  }

  /** Number t / dt of the newest pruning after that many epochs, in [0, n]. */
  public int newest(int completedEpochs, int epochs) {
    return Math.min(completedEpochs / everyEpochs, prunings(epochs));
  }

  /** Whether a pruning comes after that many epochs. */
  public boolean due(int completedEpochs, int epochs) {
    int number = completedEpochs / everyEpochs;
    return completedEpochs % everyEpochs == 0 && number >= 1 && number <= prunings(epochs);
  }

  /** s(t) after pruning {@code number} = t / dt, from 0. */
  public double after(int number, int epochs) {
    double left = 1 - (double) number / prunings(epochs);
    return sparsity * (1 - left * left * left);
  }

  /** Fraction of the active weights that a pruning removes, number from 1. */
  public double fraction(int number, int epochs) {
    return 1 - (1 - after(number, epochs)) / (1 - after(number - 1, epochs));
  }
}
