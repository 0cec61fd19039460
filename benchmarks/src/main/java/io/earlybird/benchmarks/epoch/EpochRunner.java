package io.earlybird.benchmarks.epoch;

import io.earlybird.benchmarks.contest.Recipe;
import io.earlybird.benchmarks.contest.Subject;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.schedule.ConstantRate;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaKey;
import io.earlybird.spark.round.RoundMetrics;
import io.earlybird.spark.round.RoundRequest;
import io.earlybird.spark.round.RoundResult;
import io.earlybird.spark.round.RoundSteps;
import io.earlybird.spark.round.Rounds;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains epochs in one of the ways; every epoch begins with the same values. */
final class EpochRunner {
  private final Averager averager;
  private final EpochTask task;
  private final Rounds rounds;
  private final Network network;
  private final Parameters initial;
  private final int stepsPerEpoch;
  private final ReplicaKey key;

  EpochRunner(
      Averager averager, EpochTask task, TrainingData data, JavaSparkContext spark, int threads) {
    this.averager = averager;
    this.task = task;
    this.rounds = averager.rounds(spark, task, data);
    this.network = task.network();
    this.initial = Subject.values(network);
    this.stepsPerEpoch = data.stepsPerEpoch();
    this.key =
        new ReplicaKey(
            spark.sc().applicationId(),
            0,
            NetworkJson.write(network),
            averager.engine(),
            Precision.FLOAT32,
            threads);
  }

  Averager averager() {
    return averager;
  }

  /**
   * One step on each replica, so that what stays open is open: the pool of an executor holds
   * replicas of one engine at a time.
   */
  void warmUp(int epoch) {
    round(steps(epoch, 0, 1), initial, Parameters.zeros(initial.layout()));
  }

  /** All rounds of an epoch. */
  RoundMetrics run(int epoch) {
    Parameters parameters = initial;
    Parameters momentum = Parameters.zeros(initial.layout());
    RoundMetrics metrics = RoundMetrics.none();
    for (int from = 0; from < stepsPerEpoch; from += task.localSteps()) {
      int to = Math.min(stepsPerEpoch, from + task.localSteps());
      RoundResult result = round(steps(epoch, from, to), parameters, momentum);
      parameters = result.parameters();
      momentum = result.momentum();
      metrics = metrics.plus(result.metrics());
    }
    return metrics;
  }

  private RoundSteps steps(int epoch, int from, int to) {
    return new RoundSteps(
        epoch,
        1 + from / task.localSteps(),
        from,
        to,
        stepsPerEpoch,
        new ConstantRate(Recipe.LEARNING_RATE));
  }

  private RoundResult round(RoundSteps steps, Parameters parameters, Parameters momentum) {
    return rounds.run(new RoundRequest(key, network, steps, Recipe.rule(), parameters, momentum));
  }
}
