package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against the reference engine, node kind by node kind. */
class TorchReplicaParityTest {
  private static final int BATCH = 5;

  static Stream<Network> networks() {
    return NodeNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAgreeWithTheReferenceEngine(Network network) {
    ParameterLayout layout = ParameterLayout.of(network);
    Parameters gradient = Parameters.zeros(layout);
    Parameters expected = Parameters.zeros(layout);
    Batch batch = RandomBatches.of(network, BATCH, 1);
    try (Replica replica = open(network);
        ReferenceReplica reference = new ReferenceReplica(network)) {
      reference.load(Values.random(network), Parameters.zeros(layout));
      StepResult found = replica.gradients(batch, 0.1, gradient);
      StepResult right = reference.gradients(batch, 0.1, expected);
      assertThat(found.loss()).isCloseTo(right.loss(), Offset.offset(Values.TOLERANCE));
      assertThat(found.correct()).isEqualTo(right.correct());
      Values.assertClose(gradient, expected);
      Parameters untouched = Parameters.zeros(layout);
      replica.readParameters(untouched);
      assertThat(untouched).isEqualTo(Values.random(network));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void threeStepsAgreeWithTheReferenceEngine(Network network) {
    ParameterLayout layout = ParameterLayout.of(network);
    StepRule rule =
        StepRule.sgd(0.05, 0.9, 1e-2)
            .withGammaL1(1e-2)
            .withLabelSmoothing(0.1)
            .withMomentumForm(MomentumForm.NESTEROV);
    try (Replica replica = open(network);
        ReferenceReplica reference = new ReferenceReplica(network)) {
      reference.load(Values.random(network), Parameters.zeros(layout));
      for (int size : new int[] {BATCH, 2, BATCH}) {
        Batch batch = RandomBatches.of(network, size, size);
        replica.step(batch, rule);
        reference.step(batch, rule);
      }
      Parameters found = Parameters.zeros(layout);
      Parameters expected = Parameters.zeros(layout);
      replica.readParameters(found);
      reference.readParameters(expected);
      Values.assertClose(found, expected);
      replica.readMomentum(found);
      reference.readMomentum(expected);
      Values.assertClose(found, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyActivationAgreesInBothModes(Network network) {
    Batch batch = RandomBatches.of(network, BATCH, 6);
    Set<String> nodes = Set.copyOf(network.nodes().stream().map(node -> node.name()).toList());
    for (Mode mode : Mode.values()) {
      try (Replica replica = open(network);
          ReferenceReplica reference = new ReferenceReplica(network)) {
        ParameterLayout layout = ParameterLayout.of(network);
        reference.load(Values.random(network), Parameters.zeros(layout));
        var found = replica.activations(batch, nodes, mode);
        var expected = reference.activations(batch, nodes, mode);
        nodes.forEach(node -> Values.assertClose(node, found.get(node), expected.get(node)));
        Values.assertClose("logits", replica.logits(batch, mode), reference.logits(batch, mode));
        Parameters after = Parameters.zeros(layout);
        Parameters right = Parameters.zeros(layout);
        replica.readParameters(after);
        reference.readParameters(right);
        Values.assertClose(after, right);
      }
    }
  }

  private static Replica open(Network network) {
    Replica replica = new TorchEngine().open(ReplicaRequest.cpu(network));
    replica.load(Values.random(network), Parameters.zeros(ParameterLayout.of(network)));
    return replica;
  }
}
