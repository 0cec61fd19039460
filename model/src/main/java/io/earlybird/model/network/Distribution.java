package io.earlybird.model.network;

import java.util.random.RandomGenerator;

/** Distribution from which a fresh tensor is drawn (specification 7.2 to 7.4). */
public sealed interface Distribution {
  /** Draws one value. */
  double draw(RandomGenerator random);

  /** Every entry has the same value. */
  record Constant(double value) implements Distribution {
    @Override
    public double draw(RandomGenerator random) {
      return value;
    }
  }

  /** Normal with mean 0. */
  record Normal(double standardDeviation) implements Distribution {
    @Override
    public double draw(RandomGenerator random) {
      return random.nextGaussian() * standardDeviation;
    }
  }

  /** Uniform on [-bound, bound). */
  record Uniform(double bound) implements Distribution {
    @Override
    public double draw(RandomGenerator random) {
      return (2 * random.nextDouble() - 1) * bound;
    }
  }
}
