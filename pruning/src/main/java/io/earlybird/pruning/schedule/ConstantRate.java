package io.earlybird.pruning.schedule;

import java.util.OptionalInt;

/**
 * One rate throughout.
 *
 * @param rate at least 0
 */
public record ConstantRate(double rate) implements Schedule {
  public ConstantRate {
    Steps.requireRate("learning rate", rate);
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    Steps.requireWithin(epoch, step, stepsPerEpoch);
    return rate;
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.empty();
  }

  @Override
  public String describe() {
    return rate + " throughout";
  }
}
