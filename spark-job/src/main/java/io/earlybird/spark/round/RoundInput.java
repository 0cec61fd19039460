package io.earlybird.spark.round;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.State;
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
 * @param slices how the values that are averaged as a flat vector are cut
 */
record RoundInput(
    ReplicaKey key,
    RoundSteps steps,
    StepRule rule,
    Averaging averaging,
    TrainingData batches,
    FloatVector parameterValues,
    FloatVector momentumValues,
    Slices slices)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Slices for each task slot: while some travel, others are combined. */
  private static final int SLICES_PER_SLOT = 4;

  /** A combining task holds its slice of every task: at most about that many bytes. */
  private static final long COMBINED_BYTES = 1L << 28;

  /** Slices of fewer values are not worth a task. */
  private static final int LEAST_VALUES = 1 << 16;

  /**
   * What is needed for a round.
   *
   * @param slots tasks that the cluster runs at a time
   */
  static RoundInput of(RoundRequest request, Averaging averaging, TrainingData batches, int slots) {
    int length = new StateVector(request.parameters().layout(), averaging.momentum()).length();
    return new RoundInput(
        request.key(),
        request.steps(),
        request.rule(),
        averaging,
        batches,
        new FloatVector(request.parameters().values()),
        new FloatVector(request.momentum().values()),
        new Slices(length, slices(length, averaging, slots)));
  }

  private static int slices(int length, Averaging averaging, int slots) {
    long held = (long) length * averaging.wire().bytes() * averaging.tasks() / COMBINED_BYTES;
    long wanted = Math.max(held + 1, (long) SLICES_PER_SLOT * slots);
    return (int) Math.min(wanted, 1 + length / LEAST_VALUES);
  }

  /** What is averaged of a state of that layout. */
  StateVector vector(ParameterLayout layout) {
    return new StateVector(layout, averaging.momentum());
  }

  /** The shared state in that layout; its arrays are not copied. */
  State state(ParameterLayout layout) {
    return new State(
        new Parameters(layout, parameterValues.values()),
        new Parameters(layout, momentumValues.values()));
  }

  /** The layout of the network, made anew by each call. */
  ParameterLayout layout() {
    return ParameterLayout.of(key.network());
  }
}
