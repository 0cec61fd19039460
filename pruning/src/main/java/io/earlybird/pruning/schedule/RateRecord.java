package io.earlybird.pruning.schedule;

import java.io.Serializable;

/**
 * The learning rates lambda_1..lambda_M, M = T * I, that a dense training applied (specification
 * 3.1), one for each iteration whatever the rounds of averaging were.
 *
 * <p>They are asked of the schedule again instead of being stored: it is a pure function. Rates
 * rise or fall throughout an epoch, so that the first and last iterations of the epochs tell the
 * extremes.
 *
 * @param schedule of the dense training
 * @param epochs T, at least 1
 */
public record RateRecord(Schedule schedule, int epochs) implements Serializable {
  public RateRecord {
    Steps.requireEpochs("recorded epochs", epochs);
    if (schedule.horizon().orElse(epochs) < epochs) {
      throw new IllegalArgumentException(
          "Invalid record of "
              + epochs
              + " epochs: the schedule covers "
              + schedule.horizon().getAsInt()
              + " ("
              + schedule.describe()
              + ")");
    }
    if (2L * warmUpEpochs(schedule) > epochs) {
      throw new IllegalArgumentException(
          "Invalid record of "
              + epochs
              + " epochs: "
              + warmUpEpochs(schedule)
              + " of them are a warm-up, must be half of them at most");
    }
  }

  private static int warmUpEpochs(Schedule schedule) {
    return schedule instanceof WarmUp warmUp ? warmUp.epochs() : 0;
  }

  /** Number of rates, M. */
  long length(int stepsPerEpoch) {
    return (long) epochs * stepsPerEpoch;
  }

  /** Number of rates that belong to the warm-up of the dense training. */
  long warmUpLength(int stepsPerEpoch) {
    return (long) warmUpEpochs(schedule) * stepsPerEpoch;
  }

  /** Rate of iteration {@code i}, 0-based. */
  double rate(long i, int stepsPerEpoch) {
    return schedule.learningRate(
        (int) (i / stepsPerEpoch), (int) (i % stepsPerEpoch), stepsPerEpoch);
  }

  /** lambda_max. */
  double largest(int stepsPerEpoch) {
    double largest = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      largest = Math.max(largest, schedule.learningRate(epoch, 0, stepsPerEpoch));
      largest = Math.max(largest, schedule.learningRate(epoch, stepsPerEpoch - 1, stepsPerEpoch));
    }
    return largest;
  }

  /** lambda_min, the warm-up left out. */
  double smallest(int stepsPerEpoch) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int epoch = warmUpEpochs(schedule); epoch < epochs; epoch++) {
      smallest = Math.min(smallest, schedule.learningRate(epoch, 0, stepsPerEpoch));
      smallest = Math.min(smallest, schedule.learningRate(epoch, stepsPerEpoch - 1, stepsPerEpoch));
    }
    return smallest;
  }

  /** One line for logs. */
  String describe() {
    return epochs + " epochs of " + schedule.describe();
  }
}
