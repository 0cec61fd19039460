package io.earlybird.pruning.policy;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.pruning.schedule.Schedule;

/**
 * What a run trains with before any policy changes it.
 *
 * @param epochs T, at least 1
 * @param seed of the run
 * @param rule momentum, decay and the like; its learning rate is filled in by the schedule
 * @param schedule learning rates of T epochs
 * @param precision arithmetic of the replicas
 */
public record TrainingRecipe(
    int epochs, long seed, StepRule rule, Schedule schedule, Precision precision) {
  public TrainingRecipe {
    if (epochs < 1) {
      throw new IllegalArgumentException("Invalid epochs " + epochs + ": must be at least 1");
    }
    if (schedule.horizon().orElse(epochs) < epochs) {
      throw new IllegalArgumentException(
          "Invalid schedule for "
              + epochs
              + " epochs: it covers "
              + schedule.horizon().getAsInt()
              + " ("
              + schedule.describe()
              + ")");
    }
  }
}
