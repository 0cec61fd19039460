package io.earlybird.pruning.schedule;

import java.util.OptionalInt;

/**
 * base * (1 + cos(pi * i / (T * I))) / 2, per iteration.
 *
 * @param base rate of the first step, at least 0
 * @param epochs T, at least 1
 */
public record CosineDecay(double base, int epochs) implements Schedule {
  public CosineDecay {
    Steps.requireRate("learning rate", base);
    Steps.requireEpochs("epochs of a cosine schedule", epochs);
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    double progress = Steps.progress(epochs, epoch, step, stepsPerEpoch);
    return base * (1 + StrictMath.cos(Math.PI * progress)) / 2;
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(epochs);
  }

  @Override
  public String describe() {
    return base + " along a cosine to 0 over " + epochs + " epochs";
  }
}
