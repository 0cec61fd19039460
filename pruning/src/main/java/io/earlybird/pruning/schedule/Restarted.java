package io.earlybird.pruning.schedule;

import java.util.OptionalInt;

/**
 * A schedule that begins anew at a later epoch: rate(e) = schedule(e - start).
 *
 * @param schedule its epoch 0 is {@code start}
 * @param start 0-based epoch of the run, at least 0
 */
public record Restarted(Schedule schedule, int start) implements Schedule {
  public Restarted {
    if (start < 0) {
      throw new IllegalArgumentException("Invalid restart epoch " + start + ": must be at least 0");
    }
  }

  @Override
  public double learningRate(int epoch, int step, int stepsPerEpoch) {
    if (epoch < start) {
      throw new IllegalArgumentException(
          "Cannot give a learning rate for epoch index "
              + epoch
              + ": the schedule restarts at "
              + start);
    }
    return schedule.learningRate(epoch - start, step, stepsPerEpoch);
  }

  @Override
  public OptionalInt horizon() {
    OptionalInt inner = schedule.horizon();
    return inner.isPresent() ? OptionalInt.of(inner.getAsInt() + start) : inner;
  }

  @Override
  public String describe() {
    return "restarted at epoch " + start + ": " + schedule.describe();
  }
}
