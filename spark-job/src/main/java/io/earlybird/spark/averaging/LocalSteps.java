package io.earlybird.spark.averaging;

import java.io.Serializable;

/** How many local steps a replica takes in a round, H. */
public sealed interface LocalSteps extends Serializable {
  /** H of a round whose first step has this learning rate; at least 1. */
  int at(double learningRate);

  /**
   * The same H in every round.
   *
   * @param steps H, at least 1
   */
  record Fixed(int steps) implements LocalSteps {
    public Fixed {
      requireAtLeastOne(steps);
    }

    @Override
    public int at(double learningRate) {
      return steps;
    }
  }

  /**
   * Quadratic synchronization rule: H = max(base, floor((a / g)^2)) with g the learning rate (Gu,
   * Lyu, Arora, Huang: A Quadratic Synchronization Rule for Distributed Deep Learning, arXiv
   * 2310.14423, section 1). H is bounded by {@link Integer#MAX_VALUE}, so that a learning rate of 0
   * means one round an epoch.
   *
   * @param base smallest H, at least 1
   * @param growth a, above 0
   */
  record Qsr(int base, double growth) implements LocalSteps {
    public Qsr {
      requireAtLeastOne(base);
      if (!(growth > 0)) {
        throw new IllegalArgumentException("Invalid QSR growth " + growth + ": must be above 0");
      }
    }

    @Override
    public int at(double learningRate) {
      double ratio = growth / learningRate;
      return Math.max(base, (int) Math.min(Math.floor(ratio * ratio), Integer.MAX_VALUE));
    }
  }

  private static void requireAtLeastOne(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("Invalid steps per round " + steps + ": at least 1");
    }
  }
}
