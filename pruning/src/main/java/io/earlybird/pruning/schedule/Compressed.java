package io.earlybird.pruning.schedule;

import java.util.OptionalInt;

/**
 * lr(i) = r[floor(i * M / n)]: a whole record of M rates in n = R * I iterations, compressed
 * instead of cut off (the budget-aware conversion of Li et al. 2020, specification 3.6).
 *
 * @param record what is compressed, or stretched
 * @param epochs R, at least 1
 */
public record Compressed(RateRecord record, int epochs) implements Schedule {
  public Compressed {
    Steps.requireEpochs("epochs of a compressed schedule", epochs);
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    long i = Steps.iteration(epochs, epoch, step, stepsPerEpoch);
    long n = (long) epochs * stepsPerEpoch;
    return record.rate(i * record.length(stepsPerEpoch) / n, stepsPerEpoch);
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(epochs);
  }

  @Override
  public String describe() {
    return record.describe() + ", compressed to " + epochs;
  }
}
