package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.engine.dl4j.nd4j.Nd4jKernels;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine against the reference engine, node kind by node kind. */
class Dl4jReplicaParityTest {
  /**
   * Relative to the largest magnitude in a tensor. Permuting the images of a batch, which changes
   * nothing but the order of float32 sums, moves gradients of these networks by up to 1e-6; the
   * bound leaves room for the other orders in which kernels add.
   */
  private static final double TOLERANCE = 2e-5;

  private static final int BATCH = 5;

  /** Who computes. */
  private enum By {
    ONEDNN {
      @Override
      Kernels kernels() {
        return new OneDnnKernels();
      }
    },
    ND4J {
      @Override
      Kernels kernels() {
        return new Nd4jKernels();
      }
    };

    abstract Kernels kernels();
  }

  static Stream<Arguments> networks() {
    return Networks.all()
        .flatMap(network -> Stream.of(By.values()).map(by -> Arguments.of(by, network)));
  }

  private static Parameters values(Network network) {
    Parameters parameters = Initialization.draw(network, 3);
    Random random = new Random(4);
    for (int i = 0; i < parameters.layout().trainableLength(); i++) {
      parameters.values()[i] += (float) (0.1 * random.nextGaussian());
    }
    for (int i = parameters.layout().trainableLength(); i < parameters.layout().length(); i++) {
      parameters.values()[i] += (float) (0.1 * random.nextDouble());
    }
    return parameters;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAgreeWithTheReferenceEngine(By by, Network network) {
    ParameterLayout layout = ParameterLayout.of(network);
    Parameters gradient = Parameters.zeros(layout);
    Parameters expected = Parameters.zeros(layout);
    Batch batch = RandomBatches.of(network, BATCH, 1);
    try (Replica replica = open(by, network);
        ReferenceReplica reference = new ReferenceReplica(network)) {
      reference.load(values(network), Parameters.zeros(layout));
      StepResult found = replica.gradients(batch, 0.1, gradient);
      StepResult right = reference.gradients(batch, 0.1, expected);
      assertThat(found.loss()).isCloseTo(right.loss(), Offset.offset(TOLERANCE));
      assertThat(found.correct()).isEqualTo(right.correct());
      assertClose(gradient, expected);
      Parameters untouched = Parameters.zeros(layout);
      replica.readParameters(untouched);
      assertThat(untouched).isEqualTo(values(network));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void threeStepsAgreeWithTheReferenceEngine(By by, Network network) {
    ParameterLayout layout = ParameterLayout.of(network);
    StepRule rule =
        StepRule.sgd(0.05, 0.9, 1e-2)
            .withGammaL1(1e-2)
            .withLabelSmoothing(0.1)
            .withMomentumForm(MomentumForm.NESTEROV);
    try (Replica replica = open(by, network);
        ReferenceReplica reference = new ReferenceReplica(network)) {
      reference.load(values(network), Parameters.zeros(layout));
      for (int size : new int[] {BATCH, 2, BATCH}) {
        Batch batch = RandomBatches.of(network, size, size);
        replica.step(batch, rule);
        reference.step(batch, rule);
      }
      Parameters found = Parameters.zeros(layout);
      Parameters expected = Parameters.zeros(layout);
      replica.readParameters(found);
      reference.readParameters(expected);
      assertClose(found, expected);
      replica.readMomentum(found);
      reference.readMomentum(expected);
      assertClose(found, expected);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void everyActivationAgreesInBothModes(By by, Network network) {
    Batch batch = RandomBatches.of(network, BATCH, 6);
    Set<String> nodes = Set.copyOf(network.nodes().stream().map(node -> node.name()).toList());
    for (Mode mode : Mode.values()) {
      try (Replica replica = open(by, network);
          ReferenceReplica reference = new ReferenceReplica(network)) {
        ParameterLayout layout = ParameterLayout.of(network);
        reference.load(values(network), Parameters.zeros(layout));
        var found = replica.activations(batch, nodes, mode);
        var expected = reference.activations(batch, nodes, mode);
        nodes.forEach(node -> assertClose(node, found.get(node), expected.get(node)));
        assertClose("logits", replica.logits(batch, mode), reference.logits(batch, mode));
        Parameters after = Parameters.zeros(layout);
        Parameters right = Parameters.zeros(layout);
        replica.readParameters(after);
        reference.readParameters(right);
        assertClose(after, right);
      }
    }
  }

  private static Replica open(By by, Network network) {
    Replica replica = new Dl4jReplica(network, 1, by.kernels());
    replica.load(values(network), Parameters.zeros(ParameterLayout.of(network)));
    return replica;
  }

  private static void assertClose(Parameters found, Parameters expected) {
    for (ParameterLayout.Entry entry : found.layout().entries()) {
      assertClose(
          entry.name(),
          Arrays.copyOfRange(found.values(), entry.offset(), entry.end()),
          Arrays.copyOfRange(expected.values(), entry.offset(), entry.end()));
    }
  }

  private static void assertClose(String what, float[] found, float[] expected) {
    double largest = 0.1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found)
        .as(what)
        .containsExactly(expected, Offset.offset((float) (TOLERANCE * largest)));
  }
}
