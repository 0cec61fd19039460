package io.earlybird.spark.round;

import io.earlybird.model.engine.StepRule;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.spark.averaging.LocalSteps;
import java.io.Serializable;

/**
 * The steps of one round and their learning rates, which the schedule gives by the step of the
 * epoch, never by the round.
 *
 * @param epoch 0-based
 * @param round in the epoch, from 1
 * @param from first step, 0-based in the epoch
 * @param to step after the last
 * @param stepsPerEpoch I
 * @param schedule learning rates
 */
public record RoundSteps(
    int epoch, int round, int from, int to, int stepsPerEpoch, Schedule schedule)
    implements Serializable {
  public RoundSteps {
    if (from < 0 || to <= from || to > stepsPerEpoch) {
      throw new IllegalArgumentException(
          "Invalid round "
              + round
              + ": steps ["
              + from
              + ", "
              + to
              + ") of an epoch of "
              + stepsPerEpoch
              + " steps");
    }
  }

  /** Learning rate of a step of the round. */
  public double learningRate(int step) {
    return schedule.learningRate(epoch, step, stepsPerEpoch);
  }

  /** The rule of a step of the round. */
  public StepRule rule(StepRule template, int step) {
    return template.at(learningRate(step), epoch + (double) step / stepsPerEpoch);
  }

  /** Learning rate of the last step. */
  public double lastLearningRate() {
    return learningRate(to - 1);
  }

  /** Number of steps. */
  public int count() {
    return to - from;
  }

  /** Which round of how many of its epoch, and its steps, counted from 1; for people. */
  public String described(LocalSteps local) {
    String which = count() == 1 ? "step " + to : "steps " + (from + 1) + " to " + to;
    return this + " of " + rounds(local) + ": " + which + " of " + stepsPerEpoch;
  }

  /** Rounds of the epoch, those to come by the schedule. */
  private int rounds(LocalSteps local) {
    int rounds = round;
    for (long step = to; step < stepsPerEpoch; rounds++) {
      step += local.at(learningRate((int) step));
    }
    return rounds;
  }

  @Override
  public String toString() {
    return "epoch " + (epoch + 1) + ", round " + round;
  }
}
