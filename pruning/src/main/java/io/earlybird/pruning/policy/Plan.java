package io.earlybird.pruning.policy;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.pruning.schedule.Schedule;

/**
 * How the next epoch is trained.
 *
 * @param rule a template: the schedule fills in the learning rate of each step; its held entries
 *     are those of the state
 * @param schedule learning rates by 0-based epoch of the run
 * @param precision arithmetic of the replicas
 * @param epochs completed epochs at which the run will end, as far as known
 * @param decision whether there is a next epoch
 */
public record Plan(
    StepRule rule, Schedule schedule, Precision precision, int epochs, Decision decision) {
  /** Whether the run goes on. */
  public enum Decision {
    CONTINUE,
    STOP
  }

  /** The recipe's own plan with another rule: to its end, at its rates. */
  public static Plan following(TrainingRecipe recipe, TrainingState state, StepRule rule) {
    return until(recipe.epochs(), state, rule, recipe.schedule(), recipe.precision());
  }

  /** Goes on until so many epochs are completed. */
  public static Plan until(
      int epochs, TrainingState state, StepRule rule, Schedule schedule, Precision precision) {
    Decision decision = state.completedEpochs() < epochs ? Decision.CONTINUE : Decision.STOP;
    return new Plan(rule, schedule, precision, epochs, decision);
  }

  /** The rule of one step. */
  public StepRule rule(int epoch, int step, int stepsPerEpoch) {
    return rule.at(
        schedule.learningRate(epoch, step, stepsPerEpoch), epoch + (double) step / stepsPerEpoch);
  }
}
