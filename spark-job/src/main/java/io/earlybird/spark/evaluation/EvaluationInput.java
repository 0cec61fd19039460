package io.earlybird.spark.evaluation;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.batches.EvaluationData;
import io.earlybird.spark.replica.ReplicaKey;
import java.io.Serializable;

/**
 * What an evaluation broadcasts.
 *
 * @param key what replicas are opened with
 * @param values parameters, running statistics included
 * @param data samples to look at
 * @param parts number of tasks
 */
record EvaluationInput(ReplicaKey key, FloatVector values, EvaluationData data, int parts)
    implements Serializable {
  private static final long serialVersionUID = 1;

  void loadInto(Replica replica) {
    ParameterLayout layout = ParameterLayout.of(replica.network());
    replica.load(new Parameters(layout, values.values()), Parameters.zeros(layout));
  }
}
