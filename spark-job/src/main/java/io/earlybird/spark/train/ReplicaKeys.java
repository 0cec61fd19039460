package io.earlybird.spark.train;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.replica.ReplicaKey;

/**
 * What the replicas of a run are opened with.
 *
 * @param run identity of the run
 * @param engine name of the engine
 * @param threads OpenMP threads of one step
 */
record ReplicaKeys(String run, String engine, int threads) {
  ReplicaKey of(TrainingState state, Precision precision) {
    return new ReplicaKey(
        run, state.generation(), NetworkJson.write(state.network()), engine, precision, threads);
  }
}
