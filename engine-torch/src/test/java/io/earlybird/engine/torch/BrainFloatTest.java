package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import io.earlybird.pruning.parity.NodeNetworks;
import io.earlybird.pruning.parity.Values;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code engine.precision = bfloat16}. */
class BrainFloatTest {
  /**
   * Relative to the norm of a tensor. A bfloat16 value has 8 bits, so that each rounding adds up to
   * 2^-9; a pass of the test networks has about ten in a row, and batch norm of small batches
   * divides differences of rounded values.
   */
  private static final double TOLERANCE = 0.06;

  static Stream<Network> networks() {
    return NodeNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAreThoseOfTheReferenceEngineUpToRounding(Network network) {
    Parameters found = Values.zeros(network);
    Parameters expected = Values.zeros(network);
    Batch batch = RandomBatches.of(network, 8, 1);
    try (Replica replica = open(network);
        ReferenceReplica reference = new ReferenceReplica(network)) {
      replica.load(Values.random(network), Values.zeros(network));
      reference.load(Values.random(network), Values.zeros(network));
      StepResult result = replica.gradients(batch, 0, found);
      StepResult right = reference.gradients(batch, 0, expected);
      assertThat(result.loss()).isCloseTo(right.loss(), within(0.03));
      assertThat(distance(found, expected)).isLessThan(TOLERANCE);
    }
  }

  /** |found - expected| / |expected|. */
  private static double distance(Parameters found, Parameters expected) {
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < found.values().length; i++) {
      double right = expected.values()[i];
      squares += Math.pow(found.values()[i] - right, 2);
      norm += right * right;
    }
    return Math.sqrt(squares / norm);
  }

  @Test
  void valuesMomentumAndStatisticsKeepFloat32() {
    Network network = Networks.named("resnet18-cifar", 10, 8);
    Parameters before = Initialization.draw(network, 1);
    Parameters after = Values.zeros(network);
    try (Replica replica = open(network)) {
      replica.load(before, Values.zeros(network));
      replica.readParameters(after);
      assertThat(after).isEqualTo(before);
      // far below the distance of two bfloat16 values
      replica.step(RandomBatches.of(network, 8, 1), StepRule.sgd(1e-4, 0.9, 0));
      replica.readParameters(after);
    }
    ParameterLayout layout = after.layout();
    for (Role role : Role.values()) {
      for (ParameterLayout.Entry entry : layout.entries(role)) {
        assertThat(after.slice(entry.name())).isNotEqualTo(before.slice(entry.name()));
      }
    }
    assertThat(hasMoreThanEightBits(after)).isTrue();
  }

  private static boolean hasMoreThanEightBits(Parameters parameters) {
    ParameterLayout layout = parameters.layout();
    return layout.entries().stream()
        .allMatch(
            entry -> {
              boolean found = false;
              for (int i = entry.offset(); i < entry.end(); i++) {
                found |= (Float.floatToRawIntBits(parameters.values()[i]) & 0xffff) != 0;
              }
              return found;
            });
  }

  @Test
  void learnsABatchAsFloat32Does() {
    Network network = Networks.named("preresnet-20", 10, 8);
    Batch batch = RandomBatches.of(network, 16, 1);
    double[] last = new double[2];
    for (int i = 0; i < 2; i++) {
      Precision precision = i == 0 ? Precision.FLOAT32 : Precision.BFLOAT16;
      try (Replica replica =
          new TorchEngine().open(new ReplicaRequest(network, Device.cpu(), precision, 1))) {
        replica.load(Initialization.draw(network, 1), Values.zeros(network));
        for (int step = 0; step < 25; step++) {
          last[i] = replica.step(batch, StepRule.sgd(0.05, 0.9, 1e-4)).loss();
        }
        assertThat(replica.logits(batch, Mode.EVALUATION)).hasSize(160).doesNotContain(Float.NaN);
      }
    }
    assertThat(last[0]).isLessThan(0.3);
    assertThat(last[1]).isLessThan(0.3);
  }

  private static Replica open(Network network) {
    return new TorchEngine().open(new ReplicaRequest(network, Device.cpu(), Precision.BFLOAT16, 1));
  }
}
