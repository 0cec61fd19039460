package io.earlybird.spark.train;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.averaging.EpochMean;
import io.earlybird.spark.evaluation.BatchNormStatistics;
import io.earlybird.spark.evaluation.Evaluation;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.replica.ReplicaKey;
import java.time.Clock;

/**
 * Stochastic weight averaging: the values after each epoch from one on join a mean, whose
 * batch-norm statistics one pass over the training set estimates before it is judged (specification
 * 5.3).
 *
 * @param start first epoch whose values count, 0-based; 0 means that nothing is averaged
 * @param evaluation on the validation set
 * @param statistics estimates running statistics
 * @param keys what replicas are opened with
 * @param stepsPerEpoch of the training set
 * @param clock tells the time
 */
record EpochAveraging(
    int start,
    Evaluation evaluation,
    BatchNormStatistics statistics,
    ReplicaKeys keys,
    int stepsPerEpoch,
    Clock clock) {
  /**
   * The mean as a network of its own.
   *
   * @param mean of the values
   * @param state with the mean and its statistics
   * @param event what it came to
   */
  record Averaged(EpochMean mean, TrainingState state, SwaEvent event) {}

  /** Whether the values after so many completed epochs count. */
  boolean covers(int completedEpochs) {
    return start > 0 && completedEpochs > start;
  }

  /**
   * The mean with the values of one more epoch.
   *
   * @param mean of the epochs before
   * @param state at the end of the epoch, before the policy is asked
   * @param plan that it was trained by
   */
  Averaged with(EpochMean mean, TrainingState state, Plan plan) {
    EpochMean longer = mean.plus(state.parameters());
    ReplicaKey key = keys.of(state, plan.precision());
    String what = "epoch " + state.completedEpochs() + ", mean of " + longer.epochs() + " epochs";
    int epoch = state.completedEpochs() - 1;
    Parameters averaged =
        statistics.estimate(key, longer.in(state.parameters()), epoch, stepsPerEpoch, what);
    Score score = evaluation.score(key, averaged, what);
    SwaEvent event =
        new SwaEvent(
            clock.instant(),
            state.completedEpochs(),
            longer.epochs(),
            score.loss(),
            score.top1Fraction());
    return new Averaged(longer, state.restarting(averaged), event);
  }
}
