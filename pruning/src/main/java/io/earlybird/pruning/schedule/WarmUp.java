package io.earlybird.pruning.schedule;

import java.util.OptionalInt;

/**
 * start + (target(i) - start) * i / (W * I) during the first W epochs, target(i) afterwards (Goyal
 * et al. 2017, arXiv 1706.02677, section 2.2; specification 8.7).
 *
 * <p>The clock of the target runs during the warm-up: its decay epochs count from the first epoch.
 *
 * @param target the schedule after the warm-up
 * @param epochs W, at least 1
 * @param start rate of the first step, at least 0
 */
public record WarmUp(Schedule target, int epochs, double start) implements Schedule {
  public WarmUp {
    Steps.requireEpochs("warm-up epochs", epochs);
    Steps.requireRate("learning rate at the start of the warm-up", start);
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    double rate = target.learningRate(epoch, step, stepsPerEpoch);
    if (epoch >= epochs) {
      return rate;
    }
    return start + (rate - start) * Steps.progress(epochs, epoch, step, stepsPerEpoch);
  }

  @Override
  public OptionalInt horizon() {
    return target.horizon();
  }

  @Override
  public String describe() {
    return "warm-up from " + start + " over " + epochs + " epochs, then " + target.describe();
  }
}
