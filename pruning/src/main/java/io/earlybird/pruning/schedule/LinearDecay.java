package io.earlybird.pruning.schedule;

import java.util.OptionalInt;

/**
 * base * (1 - i / (T * I)), per iteration (Li et al. 2020, specification 3.6).
 *
 * @param base rate of the first step, at least 0
 * @param epochs T, at least 1
 */
public record LinearDecay(double base, int epochs) implements Schedule {
  public LinearDecay {
    Steps.requireRate("learning rate", base);
    Steps.requireEpochs("epochs of a linear schedule", epochs);
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    return base * (1 - Steps.progress(epochs, epoch, step, stepsPerEpoch));
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(epochs);
  }

  @Override
  public String describe() {
    return base + " linearly to 0 over " + epochs + " epochs";
  }
}
