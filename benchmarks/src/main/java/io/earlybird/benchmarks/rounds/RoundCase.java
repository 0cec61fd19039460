package io.earlybird.benchmarks.rounds;

import io.earlybird.benchmarks.contest.Subject;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;

/**
 * What is averaged, among how many, in which groups.
 *
 * @param networkName whose state travels
 * @param replicas R
 * @param replicasPerTask G
 * @param wire form of the values that travel
 */
record RoundCase(String networkName, int replicas, int replicasPerTask, WirePrecision wire) {
  private static final int BYTES_PER_PARAMETER = 2 * Float.BYTES;

  Network network() {
    return Networks.named(networkName);
  }

  Parameters initial() {
    return Subject.values(network());
  }

  Averaging averaging() {
    return new Averaging(
        replicas,
        replicasPerTask,
        new LocalSteps.Fixed(1),
        MomentumTreatment.AVERAGE,
        new OuterStep.None(),
        wire);
  }

  int tasks() {
    return averaging().tasks();
  }

  /** Parameters and momentum, in float32. */
  long stateBytes() {
    return (long) initial().layout().trainableLength() * BYTES_PER_PARAMETER;
  }
}
