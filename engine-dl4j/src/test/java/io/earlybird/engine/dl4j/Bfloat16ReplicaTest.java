package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earlybird.engine.dl4j.kernels.Bfloat16;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import io.earlybird.pruning.parity.NodeNetworks;
import io.earlybird.pruning.parity.Values;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** bfloat16 against float32 and the reference engine. */
class Bfloat16ReplicaTest {
  private static final StepRule RULE = StepRule.sgd(0.01, 0.9, 1e-4).withGammaL1(1e-4);

  /**
   * Relative to the largest output of a node. Each rounding moves a value by about {@link
   * Bfloat16Noise#ROUNDING} of itself, 2^-9; the deepest test network rounds weights and outputs of
   * ten nodes one after the other, which adds up like the root of twenty: about 2^-7. Twice that is
   * allowed.
   */
  private static final double OUTPUT_TOLERANCE = 0x1p-6;

  /**
   * How much further rounding may move a gradient than {@link Bfloat16Noise} on weights and pixels,
   * the largest of {@link #DRAWS} draws. The noise stands for one rounding of each weight and
   * pixel; the engine also rounds the output and the gradient of each of up to ten nodes, twenty
   * more roundings, whose root is 4.5.
   */
  private static final double FACTOR = 8;

  private static final int DRAWS = 4;

  /** A bias before a batch norm has gradient 0, up to the rounding of what is summed. */
  private static final double GRADIENT_FLOOR = 2e-4;

  @BeforeAll
  static void needsAProcessorThatTrainsInBfloat16() {
    assumeTrue(new Dl4jEngine().precisions().contains(Precision.BFLOAT16));
  }

  @Test
  void refusesToRoundToWords() {
    Network network = NodeNetworks.all().findFirst().orElseThrow();
    StepRule words = RULE.withQuantization(new Quantization(8, 1));
    try (Replica replica = open(network, Precision.BFLOAT16, 1)) {
      assertThatThrownBy(() -> replica.step(RandomBatches.of(network, 2, 1), words))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Cannot round to words of 8 bits in BFLOAT16: open the replica in FLOAT32");
    }
  }

  static Stream<Arguments> networksAndBatches() {
    return NodeNetworks.all()
        .flatMap(network -> IntStream.of(1, 5).mapToObj(batch -> Arguments.of(network, batch)));
  }

  @ParameterizedTest
  @MethodSource("networksAndBatches")
  void gradientsLieWithinWhatRoundingExplains(Network network, int batchSize) {
    Batch batch = RandomBatches.of(network, batchSize, 1);
    Parameters values = Values.random(network);
    Parameters found = Values.zeros(network);
    try (Replica replica = open(network, Precision.BFLOAT16, 1);
        ReferenceReplica reference = new ReferenceReplica(network)) {
      replica.load(values, Values.zeros(network));
      StepResult result = replica.gradients(batch, 0.1, found);
      Parameters expected = gradient(reference, values, batch);
      StepResult right = reference.gradients(batch, 0.1, Values.zeros(network));
      assertThat(result.loss()).isCloseTo(right.loss(), within(OUTPUT_TOLERANCE * right.loss()));
      List<Parameters> moved =
          IntStream.range(0, DRAWS)
              .mapToObj(
                  draw ->
                      gradient(
                          reference,
                          Bfloat16Noise.moved(values, draw),
                          Bfloat16Noise.moved(batch, draw)))
              .toList();
      for (ParameterLayout.Entry entry : found.layout().entries()) {
        double noise =
            moved.stream()
                .mapToDouble(other -> distance(other, expected, entry))
                .max()
                .orElseThrow();
        assertThat(distance(found, expected, entry))
            .as(entry.name())
            .isLessThanOrEqualTo(FACTOR * noise + GRADIENT_FLOOR);
      }
    }
  }

  private static Parameters gradient(Replica replica, Parameters values, Batch batch) {
    Parameters gradient = Parameters.zeros(values.layout());
    replica.load(values, Parameters.zeros(values.layout()));
    replica.gradients(batch, 0.1, gradient);
    return gradient;
  }

  private static double distance(Parameters a, Parameters b, ParameterLayout.Entry entry) {
    double largest = 0;
    for (int i = entry.offset(); i < entry.end(); i++) {
      largest = Math.max(largest, Math.abs(a.values()[i] - b.values()[i]));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("networksAndBatches")
  void everyOutputAgreesInBothModes(Network network, int batchSize) {
    Batch batch = RandomBatches.of(network, batchSize, 6);
    Set<String> nodes = Set.copyOf(network.nodes().stream().map(node -> node.name()).toList());
    for (Mode mode : Mode.values()) {
      try (Replica replica = open(network, Precision.BFLOAT16, 1);
          ReferenceReplica reference = new ReferenceReplica(network)) {
        replica.load(Values.random(network), Values.zeros(network));
        reference.load(Values.random(network), Values.zeros(network));
        Map<String, float[]> found = replica.activations(batch, nodes, mode);
        Map<String, float[]> expected = reference.activations(batch, nodes, mode);
        nodes.forEach(node -> assertClose(node, found.get(node), expected.get(node)));
        assertClose("logits", replica.logits(batch, mode), reference.logits(batch, mode));
      }
    }
  }

  private static void assertClose(String what, float[] found, float[] expected) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found)
        .as(what)
        .containsExactly(expected, within((float) (OUTPUT_TOLERANCE * largest)));
  }

  /**
   * The distance between what steps in bfloat16 and steps in float32 have changed, against the
   * distance that {@link Bfloat16Noise} on weights and pixels makes between two runs in float32.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void stepsChangeWhatTheyChangeInFloat32UpToRounding(int steps) {
    Network network = small();
    Parameters start = Initialization.draw(network, 1);
    Parameters moved = Bfloat16Noise.moved(start, 1);
    double[] exact = change(network, Precision.FLOAT32, start, steps, 0);
    double[] noisy = change(network, Precision.FLOAT32, moved, steps, 1);
    double[] found = change(network, Precision.BFLOAT16, start, steps, 0);
    assertThat(distance(found, exact)).isPositive().isLessThan(FACTOR * distance(noisy, exact));
    // and the noise itself is small against what the steps do
    assertThat(distance(found, exact)).isLessThan(0.5 * distance(exact, new double[exact.length]));
  }

  /** What the steps add to trainable values and running statistics. */
  private static double[] change(
      Network network, Precision precision, Parameters start, int steps, int noise) {
    Parameters end = Values.zeros(network);
    try (Replica replica = open(network, precision, 1)) {
      replica.load(start, Values.zeros(network));
      for (int step = 0; step < steps; step++) {
        Batch batch = RandomBatches.of(network, 8, step % 4);
        replica.step(noise == 0 ? batch : Bfloat16Noise.moved(batch, step % 4), RULE);
      }
      replica.readParameters(end);
    }
    return IntStream.range(0, end.values().length)
        .mapToDouble(i -> end.values()[i] - start.values()[i])
        .toArray();
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  @Test
  void stepsTooSmallForABfloat16MoveTheMasterWeights() {
    Network network = small();
    Parameters start = Initialization.draw(network, 1);
    for (int i = 0; i < start.values().length; i++) {
      start.values()[i] = Bfloat16.widen(Bfloat16.round(start.values()[i]));
    }
    ParameterLayout.Entry kernel = start.layout().entry("layer1.0.conv1.weight");
    Parameters end = Values.zeros(network);
    Parameters momentum = Values.zeros(network);
    try (Replica replica = open(network, Precision.BFLOAT16, 1)) {
      replica.load(start, Values.zeros(network));
      for (int step = 0; step < 4; step++) {
        replica.step(RandomBatches.of(network, 8, 1), StepRule.sgd(1e-4, 0, 0));
      }
      replica.readParameters(end);
      replica.readMomentum(momentum);
    }
    int moved = 0;
    int movedInBfloat16 = 0;
    for (int i = kernel.offset(); i < kernel.end(); i++) {
      moved += end.values()[i] != start.values()[i] ? 1 : 0;
      movedInBfloat16 +=
          Bfloat16.round(end.values()[i]) != Bfloat16.round(start.values()[i]) ? 1 : 0;
      // four equal steps up to what the movement itself changes: v = g, w = w - 4 * rate * g
      assertThat((double) end.values()[i] - start.values()[i])
          .isCloseTo(-4e-4 * momentum.values()[i], within(1e-5));
    }
    assertThat(moved).isGreaterThan(kernel.length() * 9 / 10);
    assertThat(movedInBfloat16).isLessThan(kernel.length() / 4);
  }

  @Test
  void valuesAndMomentumAreKeptToTheLastBit() {
    Network network = small();
    Parameters values = Values.random(network);
    Parameters momentum = Values.random(network);
    Arrays.fill(
        momentum.values(), momentum.layout().trainableLength(), momentum.layout().length(), 0);
    Parameters found = Values.zeros(network);
    try (Replica replica = open(network, Precision.BFLOAT16, 1)) {
      replica.load(values, momentum);
      replica.readParameters(found);
      assertThat(found).isEqualTo(values);
      replica.readMomentum(found);
      assertThat(found).isEqualTo(momentum);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void equalStepsGiveEqualBits(int threads) {
    Network network = small();
    assertThat(afterSteps(network, threads)).isEqualTo(afterSteps(network, threads));
  }

  @Test
  void returnsALossThatIsNotFinite() {
    Network network = small();
    FloatBuffer pixels = FloatBuffer.allocate(2 * network.imageShape().elements());
    pixels.put(0, Float.NaN);
    try (Replica replica = open(network, Precision.BFLOAT16, 1)) {
      replica.load(Initialization.draw(network, 1), Values.zeros(network));
      Batch batch = new Batch(2, network.imageShape(), pixels, new int[] {0, 1});
      assertThat(replica.step(batch, RULE).finite()).isFalse();
    }
  }

  private static Parameters afterSteps(Network network, int threads) {
    Parameters values = Initialization.draw(network, 1);
    try (Replica replica = open(network, Precision.BFLOAT16, threads)) {
      replica.load(values, Values.zeros(network));
      for (int size : new int[] {8, 3, 8}) {
        replica.step(RandomBatches.of(network, size, size), RULE);
      }
      replica.readParameters(values);
      return values;
    }
  }

  private static Network small() {
    return Networks.named("preresnet-20", 10, 8);
  }

  private static Replica open(Network network, Precision precision, int threads) {
    return new Dl4jEngine().open(new ReplicaRequest(network, Device.cpu(), precision, threads));
  }
}
