package io.earlybird.spark.train;

import io.earlybird.model.engine.StateRounding;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.round.RoundMetrics;
import io.earlybird.spark.round.RoundRequest;
import io.earlybird.spark.round.RoundResult;
import io.earlybird.spark.round.RoundSteps;
import io.earlybird.spark.round.Rounds;
import java.util.Set;
import java.util.TreeSet;

/** Trains an epoch round by round, from wherever it stands. */
final class EpochTrainer {
  private final Rounds rounds;
  private final Averaging averaging;
  private final TrainingData data;
  private final ReplicaKeys keys;
  private final double toleratedBadFraction;
  private final RunListener listener;
  private final Background background = new Background();

  EpochTrainer(
      Rounds rounds,
      Averaging averaging,
      TrainingData data,
      ReplicaKeys keys,
      double toleratedBadFraction,
      RunListener listener) {
    this.rounds = rounds;
    this.averaging = averaging;
    this.data = data;
    this.keys = keys;
    this.toleratedBadFraction = toleratedBadFraction;
    this.listener = listener;
  }

  /** Whether all steps of the epoch are done. */
  boolean complete(Position position) {
    return position.progress().step() == data.stepsPerEpoch();
  }

  /**
   * Runs the next round. In a training of few bits, what the replicas have been averaged to, and
   * the outer step has made of it, becomes words again: the state between rounds never has more
   * bits.
   *
   * @param meanwhile is run by the calling thread, again and again until the replicas are done
   */
  Position round(Position position, Plan plan, Runnable meanwhile) {
    TrainingState state = position.state();
    RoundSteps steps = next(position, plan);
    RoundRequest request =
        new RoundRequest(
            keys.of(state, plan.precision()),
            state.network(),
            steps,
            plan.rule(),
            state.parameters(),
            state.momentum());
    RoundResult result = background.run(() -> rounds.run(request), meanwhile);
    FloatVector outer = outerStep(position, result, steps.lastLearningRate());
    StateRounding.roundState(
        plan.rule().quantization().ofMean(steps.epoch(), steps.to()),
        result.parameters(),
        result.momentum());
    RoundMetrics metrics = position.progress().metrics().plus(result.metrics());
    TooManyBadSamplesException.throwIfExceeded(
        steps.toString(), metrics.read(), data.samples(), toleratedBadFraction);
    EpochProgress progress = new EpochProgress(steps.to(), steps.round(), metrics);
    Position next = position.advanced(result.parameters(), result.momentum(), outer, progress);
    tell(steps, position, next);
    return next;
  }

  private RoundSteps next(Position position, Plan plan) {
    int epoch = position.state().completedEpochs();
    int from = position.progress().step();
    int all = data.stepsPerEpoch();
    double rate = plan.schedule().learningRate(epoch, from, all);
    int to = (int) Math.min(all, (long) from + averaging.localSteps().at(rate));
    return new RoundSteps(epoch, position.progress().round() + 1, from, to, all, plan.schedule());
  }

  private FloatVector outerStep(Position position, RoundResult result, double learningRate) {
    if (!averaging.outer().stateful()) {
      return position.outer();
    }
    int trainable = result.parameters().layout().trainableLength();
    float[] before = position.outer().values();
    float[] state = before.length == trainable ? before.clone() : new float[trainable];
    averaging
        .outer()
        .apply(
            position.state().parameters().values(),
            result.parameters().values(),
            state,
            trainable,
            learningRate);
    return new FloatVector(state);
  }

  private void tell(RoundSteps steps, Position before, Position after) {
    RoundMetrics metrics = after.progress().metrics();
    Set<String> seen = after.instructionSets();
    if (seen.size() > 1 && !seen.equals(before.instructionSets())) {
      listener.noted(
          "Executors compute with different instruction sets "
              + new TreeSet<>(seen)
              + ": the same command on other executors will not give the same bits.");
    }
    listener.roundEnded(
        new RunListener.Round(
            steps.epoch() + 1,
            steps.to(),
            steps.stepsPerEpoch(),
            metrics.meanLoss(),
            metrics.samples() / metrics.seconds().total()));
  }
}
