package io.earlybird.spark.evaluation;

import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaKey;
import java.io.Serializable;

/**
 * What the estimation of running statistics broadcasts.
 *
 * @param key what replicas are opened with
 * @param values parameters; their running statistics are not used
 * @param averaging how many replicas there are in how many tasks
 * @param data training samples
 * @param epoch 0-based
 * @param steps that are looked at, from the first
 */
record StatisticsInput(
    ReplicaKey key,
    FloatVector values,
    Averaging averaging,
    TrainingData data,
    int epoch,
    int steps)
    implements Serializable {
  private static final long serialVersionUID = 1;
}
