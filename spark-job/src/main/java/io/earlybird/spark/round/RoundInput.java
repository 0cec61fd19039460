package io.earlybird.spark.round;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.StateVector;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaKey;
import java.io.Serializable;

/**
 * What a round broadcasts: all that its tasks depend on, apart from the samples.
 *
 * @param key what replicas are opened with
 * @param steps which steps, at which learning rates
 * @param rule update; its learning rate is replaced step by step
 * @param averaging how results are joined
 * @param batches where samples come from
 * @param parameterValues shared values
 * @param momentumValues shared momentum
 * @param vectorLength values that are averaged as a flat vector
 */
record RoundInput(
    ReplicaKey key,
    RoundSteps steps,
    StepRule rule,
    Averaging averaging,
    TrainingData batches,
    FloatVector parameterValues,
    FloatVector momentumValues,
    int vectorLength)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Values of a slice: 16 MiB in float32. */
  private static final int SLICE_VALUES = 1 << 22;

  static RoundInput of(RoundRequest request, Averaging averaging, TrainingData batches) {
    return new RoundInput(
        request.key(),
        request.steps(),
        request.rule(),
        averaging,
        batches,
        new FloatVector(request.parameters().values()),
        new FloatVector(request.momentum().values()),
        new StateVector(request.parameters().layout(), averaging.momentum()).length());
  }

  ParameterLayout layout() {
    return ParameterLayout.of(key.network());
  }

  /** What changes on the wire are relative to; empty if they are not relative. */
  float[] base() {
    if (!averaging.wire().relative()) {
      return new float[0];
    }
    ParameterLayout layout = layout();
    return new StateVector(layout, averaging.momentum())
        .pack(
            new Parameters(layout, parameterValues.values()),
            new Parameters(layout, momentumValues.values()));
  }

  /** How the flat vector is cut. */
  Slices slices() {
    return Slices.ofAtMost(vectorLength, SLICE_VALUES);
  }
}
