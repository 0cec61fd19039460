package io.earlybird.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceReplicaTest {
  /** Central differences of width 1e-5 are exact to about 1e-9 for losses of order 1. */
  private static final double DIFFERENCE_TOLERANCE = 1e-7;

  private static final double EXACT = 1e-15;

  /**
   * A network around some nodes.
   *
   * @param size extent of the images
   * @param extent extent of the last output, which is pooled to one pixel
   */
  private static Network network(String name, int size, int extent, Node... middle) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(2, size, size)));
    nodes.add(new Convolution("first", "input", 4, 3, 1, 1, true));
    nodes.addAll(List.of(middle));
    String last = nodes.get(nodes.size() - 1).name();
    nodes.add(new AveragePool("avgpool", last, extent, 1, false));
    nodes.add(new Linear("fc", "avgpool", 3, Linear.Initial.UNIFORM_FAN_IN));
    return new Network(name, nodes);
  }

  static Stream<Network> networks() {
    return Stream.of(
        network("convolution with bias", 5, 5),
        network("padded convolution", 5, 5, new Convolution("c", "first", 3, 3, 1, 1)),
        network("strided convolution", 6, 3, new Convolution("c", "first", 3, 3, 2, 1)),
        network("widely padded convolution", 4, 2, new Convolution("c", "first", 2, 5, 3, 3)),
        network("strided pointwise convolution", 5, 3, new Convolution("c", "first", 3, 1, 2, 0)),
        network("batch norm", 5, 5, new BatchNorm("bn", "first", 0.5)),
        network("relu", 5, 5, new Relu("relu", "first")),
        network("max pool", 6, 3, new MaxPool("pool", "first", 3, 2, 1)),
        network("average pool", 6, 3, new AveragePool("pool", "first", 2, 2, true)),
        network("channel select", 5, 5, new ChannelSelect("select", "first", List.of(0, 2, 3))),
        network(
            "add",
            5,
            5,
            new Convolution("c", "first", 4, 3, 1, 1),
            new Relu("r", "first"),
            new Add("add", List.of("c", "r", "first"))),
        network(
            "indexed add",
            5,
            5,
            new Convolution("c", "first", 2, 3, 1, 1),
            new IndexedAdd(
                "add",
                5,
                List.of(
                    new IndexedAdd.Term("first", List.of(0, 1, 2, 4)),
                    new IndexedAdd.Term("c", List.of(2, 3))))),
        network(
            "pre-activation block",
            6,
            3,
            new BatchNorm("bn1", "first", 1),
            new ChannelSelect("select", "bn1", List.of(1, 2)),
            new Relu("relu1", "select"),
            new Convolution("conv1", "relu1", 3, 3, 2, 1),
            new BatchNorm("bn2", "conv1", 0.5),
            new Relu("relu2", "bn2"),
            new Convolution("conv2", "relu2", 4, 1, 1, 0),
            new Convolution("shortcut", "first", 4, 1, 2, 0),
            new Add("add", List.of("conv2", "shortcut"))));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAgreeWithCentralDifferences(Network network) {
    ReferenceReplica replica = randomReplica(network, 11);
    Batch batch = RandomBatches.of(network, 3, 12);
    double[] gradient = replica.gradients(batch, 0.1);
    for (int i = 0; i < ParameterLayout.of(network).trainableLength(); i++) {
      assertThat(gradient[i])
          .as("entry %d", i)
          .isCloseTo(centralDifference(replica, batch, i), within(DIFFERENCE_TOLERANCE));
    }
    assertThat(gradient).endsWith(new double[gradient.length - trainableLength(network)]);
  }

  private static int trainableLength(Network network) {
    return ParameterLayout.of(network).trainableLength();
  }

  private static double centralDifference(ReferenceReplica replica, Batch batch, int i) {
    double width = 1e-5;
    double value = replica.values()[i];
    replica.values()[i] = value + width;
    double above = replica.loss(batch, 0.1).loss();
    replica.values()[i] = value - width;
    double below = replica.loss(batch, 0.1).loss();
    replica.values()[i] = value;
    return (above - below) / (2 * width);
  }

  private static ReferenceReplica randomReplica(Network network, long seed) {
    ReferenceReplica replica = new ReferenceReplica(network);
    Parameters parameters = Initialization.draw(network, seed);
    Random random = new Random(seed);
    for (int i = 0; i < parameters.layout().trainableLength(); i++) {
      parameters.values()[i] += (float) (0.1 * random.nextGaussian());
    }
    replica.load(parameters, Parameters.zeros(parameters.layout()));
    return replica;
  }

  /** One input value of 1, one weight and no other influence: the loss gradient can be set. */
  private static Network scalar() {
    return new Network(
        "scalar",
        List.of(
            new Input("input", new Shape(1, 1, 2)),
            new BatchNorm("bn", "input", 1),
            new Convolution("conv", "bn", 2, 1, 1, 0),
            new MaxPool("pool", "conv", 1, 2, 0),
            new Linear("fc", "pool", 2, Linear.Initial.UNIFORM_FAN_IN)));
  }

  @Test
  void updateReproducesTheWorkedNumbersOfTheSpecification() {
    ParameterLayout layout = ParameterLayout.of(scalar());
    int gamma = layout.entry("bn.weight").offset();
    double[][] cases = {
      {0.5, 0.01015, 0.498985, 0.0192848985, 0.49705651015},
      {-0.2, 0.00988, -0.200988, 0.0187719012, -0.20286519012},
      {0, 0.01, -0.001, 0.0188999, -0.00288999}
    };
    StepRule rule = StepRule.sgd(0.1, 0.9, 1e-4).withGammaL1(1e-4);
    for (double[] expected : cases) {
      double[] values = new double[layout.length()];
      double[] momentum = new double[layout.length()];
      double[] gradient = new double[layout.length()];
      values[gamma] = expected[0];
      gradient[gamma] = 0.01;
      Update.apply(rule, layout, values, momentum, gradient);
      assertThat(momentum[gamma]).isCloseTo(expected[1], within(EXACT));
      assertThat(values[gamma]).isCloseTo(expected[2], within(EXACT));
      Update.apply(rule, layout, values, momentum, gradient);
      assertThat(momentum[gamma]).isCloseTo(expected[3], within(EXACT));
      assertThat(values[gamma]).isCloseTo(expected[4], within(EXACT));
    }
  }

  @Test
  void nesterovLooksAhead() {
    ParameterLayout layout = ParameterLayout.of(scalar());
    int weight = layout.entry("conv.weight").offset();
    double[] values = new double[layout.length()];
    double[] momentum = new double[layout.length()];
    double[] gradient = new double[layout.length()];
    values[weight] = 2;
    momentum[weight] = 0.5;
    gradient[weight] = 0.3;
    StepRule rule = StepRule.sgd(0.1, 0.9, 0.01).withMomentumForm(MomentumForm.NESTEROV);
    Update.apply(rule, layout, values, momentum, gradient);
    // g' = 0.3 + 0.01 * 2 = 0.32; v = 0.45 + 0.32 = 0.77; w = 2 - 0.1 * (0.32 + 0.693)
    assertThat(momentum[weight]).isCloseTo(0.77, within(EXACT));
    assertThat(values[weight]).isCloseTo(1.8987, within(EXACT));
  }

  @Test
  void gammaPushReachesNothingButGammas() {
    Network network = scalar();
    ParameterLayout layout = ParameterLayout.of(network);
    double[] values = new double[layout.length()];
    Arrays.fill(values, 1);
    Update.apply(
        StepRule.sgd(1, 0, 0).withGammaL1(0.25),
        layout,
        values,
        new double[layout.length()],
        new double[layout.length()]);
    assertThat(values[layout.entry("bn.weight").offset()]).isEqualTo(0.75);
    assertThat(Arrays.stream(values).filter(value -> value != 1)).hasSize(1);
  }

  @Test
  void aStepWithoutPushIsPlainSgdBitForBit() {
    Network network = networks().filter(n -> n.name().equals("batch norm")).findFirst().get();
    ReferenceReplica plain = randomReplica(network, 1);
    ReferenceReplica pushed = randomReplica(network, 1);
    Batch batch = RandomBatches.of(network, 4, 2);
    plain.step(batch, StepRule.sgd(0.1, 0.9, 1e-4));
    pushed.step(batch, StepRule.sgd(0.1, 0.9, 1e-4).withGammaL1(0));
    assertThat(pushed.values()).isEqualTo(plain.values());
  }

  @Test
  void lossScaleChangesNothingBeyondRounding() {
    Network network = networks().filter(n -> n.name().equals("batch norm")).findFirst().get();
    StepRule rule = StepRule.sgd(0.1, 0.9, 1e-4);
    StepRule scaled =
        new StepRule(
            rule.learningRate(),
            rule.momentum(),
            rule.momentumForm(),
            rule.weightDecay(),
            rule.gammaL1(),
            rule.labelSmoothing(),
            1024,
            rule.held(),
            rule.heldMomentum(),
            rule.reparametrization(),
            rule.quantization());
    ReferenceReplica one = randomReplica(network, 1);
    ReferenceReplica other = randomReplica(network, 1);
    one.step(RandomBatches.of(network, 4, 2), rule);
    other.step(RandomBatches.of(network, 4, 2), scaled);
    // 1024 is a power of two, so that scaling and dividing is exact
    assertThat(other.values()).isEqualTo(one.values());
  }

  @Test
  void heldEntriesStayZeroInValueAndMomentum() {
    Network network = networks().filter(n -> n.name().equals("batch norm")).findFirst().get();
    ReferenceReplica replica = randomReplica(network, 3);
    BitSet bits = new BitSet();
    bits.set(0);
    bits.set(5);
    Arrays.fill(replica.momentum(), 0, 10, 1);
    StepRule rule = StepRule.sgd(0.1, 0.9, 1e-2).withGammaL1(1e-2).withHeld(HeldEntries.of(bits));
    replica.step(RandomBatches.of(network, 4, 2), rule);
    replica.step(RandomBatches.of(network, 4, 3), rule);
    assertThat(replica.values()[0]).isZero();
    assertThat(replica.values()[5]).isZero();
    assertThat(replica.momentum()[5]).isZero();
    assertThat(replica.values()[1]).isNotZero();
  }

  @Test
  void runningStatisticsFollowTheSpecification() {
    Network network = scalar();
    ReferenceReplica replica = randomReplica(network, 4);
    // values 1, 2, 3, 6: mean 3, biased variance 3.5, unbiased 14 / 3
    Batch batch =
        new Batch(
            2, network.imageShape(), FloatBuffer.wrap(new float[] {1, 2, 3, 6}), new int[] {0, 1});
    replica.logits(batch, Mode.TRAINING);
    ParameterLayout layout = ParameterLayout.of(network);
    assertThat(replica.values()[layout.entry("bn.running_mean").offset()])
        .isCloseTo(0.1 * 3, within(EXACT));
    assertThat(replica.values()[layout.entry("bn.running_var").offset()])
        .isCloseTo(0.9 + 0.1 * 14 / 3, within(EXACT));
  }

  @Test
  void evaluationAndGradientsLeaveRunningStatisticsAlone() {
    Network network = scalar();
    ReferenceReplica replica = randomReplica(network, 4);
    double[] before = replica.values().clone();
    Batch batch = RandomBatches.of(network, 3, 9);
    replica.logits(batch, Mode.EVALUATION);
    replica.gradients(batch, 0, Parameters.zeros(ParameterLayout.of(network)));
    assertThat(replica.values()).isEqualTo(before);
  }

  @Test
  void refusesASingleValuePerChannelInTrainingAndNamesTheLayer() {
    Network network =
        network(
            "narrow",
            2,
            1,
            new MaxPool("pool", "first", 2, 2, 0),
            new BatchNorm("late", "pool", 1));
    ReferenceReplica replica = randomReplica(network, 5);
    Batch single = RandomBatches.of(network, 1, 6);
    assertThatThrownBy(() -> replica.step(single, StepRule.sgd(0.1, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("late")
        .hasMessageContaining("larger");
    assertThat(replica.logits(single, Mode.EVALUATION)).hasSize(3);
  }

  @Test
  void lossOfEqualLogitsIsTheLogarithmOfTheClasses() {
    Network network = network("zero", 3, 3);
    ReferenceReplica replica = new ReferenceReplica(network);
    Batch batch = RandomBatches.of(network, 4, 7);
    assertThat(replica.loss(batch, 0).loss()).isCloseTo(Math.log(3), within(EXACT));
    assertThat(replica.loss(batch, 0.1).loss()).isCloseTo(Math.log(3), within(EXACT));
  }

  @Test
  void labelSmoothingMixesTheMeanOverClasses() {
    double[] logits = {1, 0, -1};
    Batch batch = new Batch(1, new Shape(1, 1, 1), FloatBuffer.wrap(new float[1]), new int[] {1});
    double logSum = Math.log(Math.E + 1 + 1 / Math.E);
    double expected = 0.9 * logSum + 0.1 * (3 * logSum - 0) / 3;
    assertThat(CrossEntropy.of(logits, batch, 3, 0.1, new double[3]).loss())
        .isCloseTo(expected, within(EXACT));
  }

  @Test
  void refusesALabelOutsideTheClasses() {
    Network network = network("zero", 3, 3);
    Batch batch = new Batch(1, network.imageShape(), FloatBuffer.allocate(18), new int[] {3});
    assertThatThrownBy(() -> new ReferenceReplica(network).loss(batch, 0))
        .hasMessage("Invalid label 3: the network has 3 classes");
  }

  @Test
  void refusesImagesOfAnotherShape() {
    Network network = network("zero", 3, 3);
    Batch batch = new Batch(1, new Shape(1, 4, 4), FloatBuffer.allocate(16), new int[] {0});
    assertThatThrownBy(() -> new ReferenceReplica(network).loss(batch, 0))
        .hasMessageContaining("[1, 4, 4]")
        .hasMessageContaining("[2, 3, 3]");
  }

  @Test
  void activationsAreInChannelOrder() {
    Network network = network("zero", 2, 2);
    Batch batch =
        new Batch(
            1,
            network.imageShape(),
            FloatBuffer.wrap(new float[] {1, 10, 2, 20, 3, 30, 4, 40}),
            new int[] {0});
    assertThat(
            new ReferenceReplica(network)
                .activations(batch, Set.of("input"), Mode.EVALUATION)
                .get("input"))
        .containsExactly(1, 2, 3, 4, 10, 20, 30, 40);
  }
}
