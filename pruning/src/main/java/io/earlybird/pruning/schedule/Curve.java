package io.earlybird.pruning.schedule;

/**
 * Main part f(j) of a retraining schedule, j = 0..n_r-1, after the rise to the value a
 * (specification 3.1).
 */
public enum Curve {
  /** a. */
  CONSTANT {
    @Override
    double rate(double a, RateRecord record, long j, long count, int stepsPerEpoch) {
      return a;
    }
  },
  /** The last rates of the record, in order. */
  REWOUND {
    @Override
    double rate(double a, RateRecord record, long j, long count, int stepsPerEpoch) {
      return record.rate(record.length(stepsPerEpoch) - count + j, stepsPerEpoch);
    }
  },
  /**
   * a / lambda_max * r[floor(j * M / n_r)], r the record with lambda_max in place of its warm-up.
   */
  STEPPED {
    @Override
    double rate(double a, RateRecord record, long j, long count, int stepsPerEpoch) {
      double largest = record.largest(stepsPerEpoch);
      long i = j * record.length(stepsPerEpoch) / count;
      boolean warmUp = i < record.warmUpLength(stepsPerEpoch);
      return warmUp || largest == 0 ? a : record.rate(i, stepsPerEpoch) * (a / largest);
    }
  },
  /** lambda_min + (a - lambda_min) * (1 + cos(pi * j / n_r)) / 2. */
  CYCLIC {
    @Override
    double rate(double a, RateRecord record, long j, long count, int stepsPerEpoch) {
      double least = record.smallest(stepsPerEpoch);
      return least + (a - least) * (1 + StrictMath.cos(Math.PI * j / count)) / 2;
    }
  },
  /** a * (1 + cos(pi * j / n_r)) / 2. */
  COSINE {
    @Override
    double rate(double a, RateRecord record, long j, long count, int stepsPerEpoch) {
      return a * (1 + StrictMath.cos(Math.PI * j / count)) / 2;
    }
  },
  /** a * (1 - j / n_r). */
  LINEAR {
    @Override
    double rate(double a, RateRecord record, long j, long count, int stepsPerEpoch) {
      return a * (1 - (double) j / count);
    }
  };

  /**
   * The rate.
   *
   * @param a value at which the curve begins
   * @param j 0-based, in the main part
   * @param count n_r
   */
  abstract double rate(double a, RateRecord record, long j, long count, int stepsPerEpoch);
}
