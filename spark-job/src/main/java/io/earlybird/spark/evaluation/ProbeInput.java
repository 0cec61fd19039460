package io.earlybird.spark.evaluation;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaKey;
import java.io.Serializable;

/**
 * What a measurement on training batches broadcasts.
 *
 * @param key what replicas are opened with
 * @param values parameters, running statistics included
 * @param averaging how many replicas there are in how many tasks
 * @param data training samples
 * @param epoch 0-based
 * @param steps that are looked at, from the first
 */
record ProbeInput(
    ReplicaKey key,
    FloatVector values,
    Averaging averaging,
    TrainingData data,
    int epoch,
    int steps)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The values; not to be changed. */
  Parameters parameters(ParameterLayout layout) {
    return new Parameters(layout, values.values());
  }
}
