package io.earlybird.spark.train;

import io.earlybird.pruning.policy.History.EpochRecord;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.round.RoundMetrics;

/**
 * What one epoch came to.
 *
 * @param state as training has left it, before the policy is asked
 * @param learningRate of its last step
 * @param metrics of all its rounds
 * @param score on the validation set
 */
record EpochFindings(TrainingState state, double learningRate, RoundMetrics metrics, Score score) {
  Phase phase() {
    return state.phase();
  }

  EpochRecord record() {
    return new EpochRecord(
        state.completedEpochs(),
        state.phase(),
        learningRate,
        metrics.meanLoss(),
        metrics.top1(),
        score.loss(),
        score.top1Fraction());
  }
}
