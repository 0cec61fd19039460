package io.earlybird.model.quantization;

import io.earlybird.model.random.Seeds;

/** What becomes of a value between two whole numbers: floor(x + r) with an offset r. */
@FunctionalInterface
public interface Rounding {
  /**
   * The offset r in [0, 1) of one value.
   *
   * @param index of the value among those that are rounded together; no two of them share one
   */
  double offset(long index);

  /** To the nearest, half up, also for negatives: r = 1/2. */
  static Rounding nearest() {
    return index -> 0.5;
  }

  /**
   * Up with the probability of the distance from below, so that the expectation is the value: r is
   * uniform on the multiples of 2^-24 in [0, 1).
   *
   * @param key gives r by the index alone, so that results depend neither on threads nor on order
   */
  static Rounding stochastic(long key) {
    return index -> (Seeds.draw(key, index) >>> 40) * 0x1p-24;
  }
}
