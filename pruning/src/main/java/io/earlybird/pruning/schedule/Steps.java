package io.earlybird.pruning.schedule;

/** Checks and counts of steps. */
final class Steps {
  private Steps() {}

  static void requireRate(String what, double rate) {
    if (!(rate >= 0) || !Double.isFinite(rate)) {
      throw new IllegalArgumentException(
          "Invalid " + what + " " + rate + ": must be a finite number of at least 0");
    }
  }

  static void requireEpochs(String what, int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("Invalid " + what + " " + epochs + ": must be at least 1");
    }
  }

  static void requireWithin(int epoch, int step, int stepsPerEpoch) {
    if (epoch < 0 || step < 0 || step >= stepsPerEpoch) {
      throw new IllegalArgumentException(
          "Invalid step " + step + " of epoch " + epoch + ": an epoch has " + stepsPerEpoch);
    }
  }

  /** i / (T * I), the fraction of the run that is over before this step. */
  static double progress(int epochs, int epoch, int step, int stepsPerEpoch) {
    return iteration(epochs, epoch, step, stepsPerEpoch) / ((double) epochs * stepsPerEpoch);
  }

  /** i = e * I + step, 0-based. */
  static long iteration(int epochs, int epoch, int step, int stepsPerEpoch) {
    requireWithin(epoch, step, stepsPerEpoch);
    if (epoch >= epochs) {
      throw new IllegalArgumentException(
          "Cannot give a learning rate for epoch index "
              + epoch
              + ": the schedule covers "
              + epochs
              + " epochs; make it anew for a longer run");
    }
    return (long) epoch * stepsPerEpoch + step;
  }
}
