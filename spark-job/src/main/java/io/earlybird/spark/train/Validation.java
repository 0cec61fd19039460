package io.earlybird.spark.train;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Plan.Decision;
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
  /** The state at the end of its epoch, and its score, which is that of the effective weights. */
  EpochFindings evaluate(Position position, Plan plan) {
    TrainingState state = position.state();
    ReplicaKey key = keys.of(state, plan.precision());
    int completed = state.completedEpochs() + 1;
    String epoch = "epoch " + completed;
    Parameters effective =
        plan.rule().reparametrization().after(completed).effective(state.parameters());
    Parameters judged =
        recalibrationBatches == 0
            ? effective
            : statistics.estimate(
                key, effective, state.completedEpochs(), recalibrationBatches, epoch);
    Score score = score(key, judged, epoch);
    int steps = position.progress().step();
    return new EpochFindings(
        state.trained(withStatistics(state.parameters(), judged), state.momentum()),
        plan.schedule().learningRate(state.completedEpochs(), steps - 1, steps),
        position.progress().metrics(),
        score);
  }

  /** The score of a state that the policy has changed; of its effective weights if it goes on. */
  Score score(TrainingState state, Plan plan) {
    int completed = state.completedEpochs();
    Parameters values =
        plan.decision() == Decision.STOP
            ? state.parameters()
            : plan.rule().reparametrization().after(completed).effective(state.parameters());
    return score(keys.of(state, plan.precision()), values, "epoch " + completed + ", pruned");
  }

  private Score score(ReplicaKey key, Parameters parameters, String what) {
    Score score = evaluation.score(key, parameters, what);
    TooManyBadSamplesException.throwIfExceeded(
        "the evaluation of " + what, score.read(), samples, toleratedBadFraction);
    return score;
  }

  /** Trainable values of the first, running statistics of the second. */
  private static Parameters withStatistics(Parameters trainable, Parameters judged) {
    Parameters joined = judged.copy();
    System.arraycopy(
        trainable.values(), 0, joined.values(), 0, trainable.layout().trainableLength());
    return joined;
  }
}
