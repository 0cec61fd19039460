package io.earlybird.spark.train;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.evaluation.BatchNormStatistics;
import io.earlybird.spark.evaluation.Evaluation;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.replica.ReplicaKey;

/**
 * Judges the state at the end of an epoch, after its running statistics have been estimated anew if
 * the settings want that.
 *
 * @param evaluation on the validation set
 * @param statistics estimates running statistics
 * @param recalibrationBatches of each replica; 0 leaves the averaged statistics
 * @param keys what replicas are opened with
 * @param samples of the validation set
 * @param toleratedBadFraction of samples that cannot be decoded
 */
record Validation(
    Evaluation evaluation,
    BatchNormStatistics statistics,
    int recalibrationBatches,
    ReplicaKeys keys,
    long samples,
    double toleratedBadFraction) {
  /** The state at the end of its epoch, and its score. */
  EpochFindings evaluate(Position position, Plan plan) {
    TrainingState state = position.state();
    ReplicaKey key = keys.of(state, plan.precision());
    String epoch = "epoch " + (state.completedEpochs() + 1);
    Parameters parameters =
        recalibrationBatches == 0
            ? state.parameters()
            : statistics.estimate(
                key, state.parameters(), state.completedEpochs(), recalibrationBatches, epoch);
    Score score = evaluation.score(key, parameters, epoch);
    TooManyBadSamplesException.throwIfExceeded(
        "the evaluation of " + epoch, score.read(), samples, toleratedBadFraction);
    int steps = position.progress().step();
    return new EpochFindings(
        state.trained(parameters, state.momentum()),
        plan.schedule().learningRate(state.completedEpochs(), steps - 1, steps),
        position.progress().metrics(),
        score);
  }
}
