package io.earlybird.pruning.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceEngine;
import io.earlybird.model.reference.ReferenceReplica;
import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.SelectiveDecay;
import io.earlybird.model.reparametrization.SoftMask;
import io.earlybird.model.reparametrization.SoftThreshold;
import io.earlybird.model.reparametrization.TopGradient;
import io.earlybird.model.reparametrization.UnitThreshold;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every replica does besides agreeing with others: equal bits, refusals, no leaks. */
public abstract class ReplicaContract {
  /** Decay, momentum and the push on gammas. */
  protected static final StepRule RULE = StepRule.sgd(0.1, 0.9, 1e-4).withGammaL1(1e-4);

  /** All node kinds of a pre-activation network, 0.3 M values. */
  protected static Network small() {
    return Networks.named("preresnet-20", 10, 8);
  }

  /** The engine under test. */
  protected abstract Engine engine();

  /** A replica of drawn values on one thread. */
  protected final Replica open(Network network) {
    return open(network, 1);
  }

  private Replica open(Network network, int threads) {
    ReplicaRequest one = ReplicaRequest.cpu(network);
    Replica replica =
        engine().open(new ReplicaRequest(network, one.device(), one.precision(), threads));
    replica.load(Initialization.draw(network, 1), Values.zeros(network));
    return replica;
  }

  private Parameters afterSteps(Network network, int threads, int... batchSizes) {
    try (Replica replica = open(network, threads)) {
      for (int i = 0; i < batchSizes.length; i++) {
        replica.step(RandomBatches.of(network, batchSizes[i], i), RULE);
      }
      Parameters values = Values.zeros(network);
      replica.readParameters(values);
      return values;
    }
  }

  @Test
  void stepsFollowTheWorkedNumbersOfTheSpecification() {
    Network network = NodeNetworks.around("bn", 3, 3, new BatchNorm("bn", "first", 1));
    ParameterLayout layout = ParameterLayout.of(network);
    int gamma = layout.entry("bn.weight").offset();
    Parameters values = Initialization.draw(network, 1);
    Arrays.fill(
        values.values(), layout.entry("fc.weight").offset(), layout.entry("fc.weight").end(), 0);
    float[] start = {0.5f, -0.2f, 0};
    System.arraycopy(start, 0, values.values(), gamma, start.length);
    try (Replica replica = engine().open(ReplicaRequest.cpu(network))) {
      replica.load(values, Values.zeros(network));
      // the classifier's weights are zero and held, so that no loss gradient reaches gamma
      BitSet classifier = new BitSet();
      classifier.set(layout.entry("fc.weight").offset(), layout.entry("fc.weight").end());
      StepRule rule = RULE.withHeld(HeldEntries.of(classifier));
      Batch batch = RandomBatches.of(network, 2, 1);
      // v1 = s * sign(w) + wd * w; w1 = w - 0.1 * v1; v2 = 0.9 * v1 + s * sign(w1) + wd * w1
      replica.step(batch, rule);
      assertGamma(replica, network, gamma, 0.499985, -0.199988, 0);
      replica.step(batch, rule);
      assertGamma(replica, network, gamma, 0.49995650015, -0.19996520012, 0);
    }
  }

  private static void assertGamma(
      Replica replica, Network network, int offset, double... expected) {
    Parameters values = Values.zeros(network);
    replica.readParameters(values);
    for (int i = 0; i < expected.length; i++) {
      // float32 has 24 bits
      assertThat((double) values.values()[offset + i]).isCloseTo(expected[i], within(6e-8));
    }
  }

  @Test
  void withoutMomentumTheVelocityIsTheGradient() {
    Network network = small();
    Parameters gradient = Values.zeros(network);
    Parameters momentum = Values.zeros(network);
    Arrays.fill(momentum.values(), 0, momentum.layout().trainableLength(), 7);
    Batch batch = RandomBatches.of(network, 4, 1);
    try (Replica replica = open(network)) {
      replica.gradients(batch, 0, gradient);
      replica.load(Initialization.draw(network, 1), momentum);
      replica.step(batch, StepRule.sgd(0.1, 0, 0));
      replica.readMomentum(momentum);
      assertThat(momentum).isEqualTo(gradient);
    }
  }

  @Test
  void theLossScaleLeavesNothingButRounding() {
    Network network = small();
    Parameters plain = Values.zeros(network);
    Parameters scaled = Values.zeros(network);
    StepRule rule = RULE.withGammaL1(1e-2);
    try (Replica replica = open(network)) {
      replica.step(RandomBatches.of(network, 4, 1), rule);
      replica.readMomentum(plain);
      replica.load(Initialization.draw(network, 1), Values.zeros(network));
      // a power of two changes no bit of the mantissa
      StepResult result = replica.step(RandomBatches.of(network, 4, 1), lossScaled(rule, 1024));
      replica.readMomentum(scaled);
      assertThat(result.loss()).isBetween(0.5, 10.0);
    }
    Values.assertClose(scaled, plain);
  }

  private static StepRule lossScaled(StepRule rule, double scale) {
    return new StepRule(
        rule.learningRate(),
        rule.momentum(),
        rule.momentumForm(),
        rule.weightDecay(),
        rule.gammaL1(),
        rule.labelSmoothing(),
        scale,
        rule.held(),
        rule.heldMomentum(),
        rule.reparametrization(),
        rule.quantization());
  }

  /** Values and momentum after a step. */
  private record Trained(Parameters values, Parameters momentum) {}

  /** After one step in words of 8 bits. */
  private static Trained inWords(Replica replica, long seed) {
    Network network = replica.network();
    replica.load(Initialization.draw(network, 1), Values.zeros(network));
    StepRule rule = RULE.withGammaL1(1e-2).withQuantization(new Quantization(8, seed));
    assertThat(replica.step(RandomBatches.of(network, 4, 1), rule).finite()).isTrue();
    Parameters values = Values.zeros(network);
    Parameters momentum = Values.zeros(network);
    replica.readParameters(values);
    replica.readMomentum(momentum);
    return new Trained(values, momentum);
  }

  /** Gradients of {@code c} go to other readers too; {@code d} reads what is rounded twice. */
  private static Network shared() {
    return NodeNetworks.around(
        "shared",
        5,
        5,
        new Convolution("c", "first", 4, 3, 1, 1),
        new Relu("r", "first"),
        new Add("sum", List.of("c", "r", "first")),
        new BatchNorm("bn", "sum", 1),
        new Relu("r2", "bn"),
        new Convolution("d", "r2", 3, 1, 1, 0));
  }

  @Test
  void stepsInWordsOfEightBitsHaveTheBitsOfTheReferenceEngine() {
    Network network = shared();
    ReplicaRequest exact = new ReplicaRequest(network, Device.cpu(), Precision.FLOAT64, 1);
    int trainable = ParameterLayout.of(network).trainableLength();
    int equal = 0;
    try (Replica replica = open(network);
        Replica reference = new ReferenceEngine().open(exact)) {
      for (int seed = 0; seed < 8; seed++) {
        Trained found = inWords(replica, seed);
        Trained expected = inWords(reference, seed);
        boolean same =
            Arrays.equals(
                    found.values().values(), 0, trainable, expected.values().values(), 0, trainable)
                && found.momentum().equals(expected.momentum());
        equal += same ? 1 : 0;
      }
    }
    // a sum that float32 rounds to the other side of a border moves a word, once in some steps
    assertThat(equal).isGreaterThanOrEqualTo(6);
  }

  @Test
  void wordsDependOnTheirSeedAloneAndStayWords() {
    Network network = small();
    try (Replica replica = open(network)) {
      Trained once = inWords(replica, 5);
      assertThat(inWords(replica, 5)).isEqualTo(once);
      assertThat(inWords(replica, 6)).isNotEqualTo(once);
      Trained again = new Trained(once.values().copy(), once.momentum().copy());
      StateRounding.roundState(new Quantization(8, 77), again.values(), again.momentum());
      assertThat(again).isEqualTo(once);
    }
  }

  @Test
  void aStepAfterOneInWordsIsAsAnyOther() {
    Network network = small();
    Parameters plain = Values.zeros(network);
    Parameters after = Values.zeros(network);
    try (Replica replica = open(network)) {
      replica.step(RandomBatches.of(network, 4, 1), RULE);
      replica.readParameters(plain);
      inWords(replica, 5);
      replica.load(Initialization.draw(network, 1), Values.zeros(network));
      replica.step(RandomBatches.of(network, 4, 1), RULE);
      replica.readParameters(after);
    }
    assertThat(after).isEqualTo(plain);
  }

  @Test
  void reportsAGradientThatIsNotFiniteAsALossThatIsNot() {
    Network network = small();
    try (Replica replica = open(network)) {
      StepRule overflowing = lossScaled(RULE, 1e39);
      Batch batch = RandomBatches.of(network, 4, 1);
      assertThat(replica.step(batch, overflowing).finite()).isFalse();
      replica.load(Initialization.draw(network, 1), Values.zeros(network));
      StepRule inWords = overflowing.withQuantization(new Quantization(8, 1));
      assertThat(replica.step(batch, inWords).finite()).isFalse();
    }
  }

  @Test
  void equalStepsGiveEqualBits() {
    Network network = small();
    assertThat(afterSteps(network, 1, 8, 8, 3)).isEqualTo(afterSteps(network, 1, 8, 8, 3));
  }

  @Test
  void equalStepsGiveEqualBitsWithTwoThreads() {
    Network network = small();
    assertThat(afterSteps(network, 2, 8, 8, 3)).isEqualTo(afterSteps(network, 2, 8, 8, 3));
  }

  @Test
  void whatAReplicaDidBeforeDoesNotShow() {
    Network network = small();
    Parameters fresh = afterSteps(network, 1, 4, 4);
    try (Replica replica = open(network)) {
      replica.step(RandomBatches.of(network, 9, 77), RULE);
      replica.logits(RandomBatches.of(network, 2, 78), Mode.TRAINING);
      replica.load(Initialization.draw(network, 1), Values.zeros(network));
      replica.step(RandomBatches.of(network, 4, 0), RULE);
      replica.step(RandomBatches.of(network, 4, 1), RULE);
      Parameters values = Values.zeros(network);
      replica.readParameters(values);
      assertThat(values).isEqualTo(fresh);
    }
  }

  @Test
  void evaluationSeesEveryChangeOfValues() {
    Network network = small();
    Batch batch = RandomBatches.of(network, 4, 9);
    Parameters values = Values.zeros(network);
    try (Replica replica = open(network)) {
      replica.logits(batch, Mode.EVALUATION);
      replica.step(RandomBatches.of(network, 8, 0), RULE);
      assertEvaluatesLikeAFreshOne(replica, batch);
      replica.logits(RandomBatches.of(network, 8, 1), Mode.TRAINING);
      assertEvaluatesLikeAFreshOne(replica, batch);
      replica.activations(RandomBatches.of(network, 8, 2), Set.of(), Mode.TRAINING);
      assertEvaluatesLikeAFreshOne(replica, batch);
      BitSet all = new BitSet();
      all.set(0, 500);
      replica.step(RandomBatches.of(network, 8, 3), RULE.withHeld(HeldEntries.of(all)));
      assertEvaluatesLikeAFreshOne(replica, batch);
      Parameters drawn = Initialization.draw(network, 7);
      replica.load(drawn, Values.zeros(network));
      assertEvaluatesLikeAFreshOne(replica, batch);
      replica.readParameters(values);
      assertThat(values).isEqualTo(drawn);
    }
  }

  private void assertEvaluatesLikeAFreshOne(Replica replica, Batch batch) {
    Parameters values = Values.zeros(replica.network());
    replica.readParameters(values);
    try (Replica fresh = open(replica.network())) {
      fresh.load(values, Values.zeros(replica.network()));
      float[] expected = fresh.logits(batch, Mode.EVALUATION);
      assertThat(replica.logits(batch, Mode.EVALUATION)).isEqualTo(expected);
    }
  }

  @Test
  void replicasInTwoThreadsAtOnceGiveTheBitsOfOneAlone()
      throws InterruptedException, ExecutionException {
    Network network = small();
    Parameters alone = afterSteps(network, 1, 8, 5, 8);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Parameters>> both =
          threads.invokeAll(
              List.of(
                  () -> afterSteps(network, 1, 8, 5, 8), () -> afterSteps(network, 1, 8, 5, 8)));
      for (Future<Parameters> one : both) {
        assertThat(one.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aReplicaMayMoveBetweenThreads() throws InterruptedException, ExecutionException {
    Network network = small();
    Parameters expected = afterSteps(network, 1, 4, 4);
    Parameters values = Values.zeros(network);
    try (Replica replica = open(network)) {
      for (int i = 0; i < 2; i++) {
        Batch batch = RandomBatches.of(network, 4, i);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
          thread.submit(() -> replica.step(batch, RULE)).get();
        } finally {
          thread.shutdown();
        }
      }
      replica.readParameters(values);
    }
    assertThat(values).isEqualTo(expected);
  }

  @Test
  void heldEntriesStayZeroInValueAndMomentumWhateverWasLoaded() {
    Network network = small();
    Parameters momentum = Values.zeros(network);
    Arrays.fill(momentum.values(), 0, 100, 1);
    BitSet bits = new BitSet();
    bits.set(5);
    bits.set(99);
    try (Replica replica = open(network)) {
      replica.load(Initialization.draw(network, 1), momentum);
      for (int i = 0; i < 2; i++) {
        replica.step(RandomBatches.of(network, 4, i), RULE.withHeld(HeldEntries.of(bits)));
      }
      Parameters read = Values.zeros(network);
      replica.readParameters(read);
      assertThat(read.values()[5]).isZero();
      assertThat(read.values()[99]).isZero();
      assertThat(read.values()[6]).isNotZero();
      replica.readMomentum(read);
      assertThat(read.values()[5]).isZero();
      assertThat(read.values()[6]).isNotZero();
    }
  }

  @Test
  void momentumOfHeldEntriesGoesOnWhereTheRuleSaysSo() {
    Network network = small();
    Parameters values = Initialization.draw(network, 1);
    values.values()[5] = 0;
    BitSet bits = new BitSet();
    bits.set(5);
    StepRule zero = RULE.withHeld(HeldEntries.of(bits));
    StepRule goesOn = zero.withHeldMomentum(HeldMomentum.GOES_ON);
    Parameters gradient = Values.zeros(network);
    Parameters read = Values.zeros(network);
    try (Replica replica = open(network)) {
      replica.load(values, Values.zeros(network));
      replica.gradients(RandomBatches.of(network, 4, 1), 0, gradient);
      replica.step(RandomBatches.of(network, 4, 1), goesOn);
      replica.readMomentum(read);
      assertThat(read.values()[5]).isNotZero().isCloseTo(gradient.values()[5], within(1e-6f));
      replica.step(RandomBatches.of(network, 4, 2), goesOn);
      replica.readParameters(read);
      assertThat(read.values()[5]).isZero();
      replica.step(RandomBatches.of(network, 4, 3), zero);
      replica.readMomentum(read);
      assertThat(read.values()[5]).isZero();
    }
  }

  static Stream<Reparametrization> reparametrizations() {
    List<String> layers = List.of("first.weight", "c.weight", "fc.weight");
    return Stream.of(
        new MagnitudeMask(layers, 150, 1),
        new MagnitudeMask(layers, 100, 2),
        new SoftThreshold(layers, -3, .5),
        new UnitThreshold(layers, 1e-2),
        new SoftMask(layers, 0.1, 1e-3, 300, 10, 20),
        new TopGradient(layers, 25, .1),
        new SelectiveDecay(layers, 25, .1, 9, 10, 5));
  }

  @ParameterizedTest
  @MethodSource("reparametrizations")
  void stepsOnEffectiveWeightsAgreeWithTheReferenceEngine(Reparametrization reparametrization) {
    Network plain =
        NodeNetworks.around(
            "reparametrized",
            5,
            5,
            new Convolution("c", "first", 5, 3, 1, 1),
            new BatchNorm("bn", "c", 1),
            new Relu("r", "bn"));
    Network network =
        plain.withAuxiliaries(reparametrization.auxiliaries(ParameterLayout.of(plain)));
    StepRule rule =
        StepRule.sgd(0.05, 0.9, 1e-2).withGammaL1(1e-2).withReparametrization(reparametrization);
    Parameters start = Initialization.draw(network, 1);
    try (Replica replica = engine().open(ReplicaRequest.cpu(network));
        Replica reference = new ReferenceReplica(network)) {
      for (Replica each : List.of(replica, reference)) {
        each.load(start, Values.zeros(network));
        for (int i = 0; i < 3; i++) {
          each.step(RandomBatches.of(network, 4, i), lossScaled(rule, i == 1 ? 8 : 1));
        }
      }
      Parameters values = Values.zeros(network);
      replica.readParameters(values);
      assertThat(values).isNotEqualTo(start);
      Values.assertClose(values, read(reference, Replica::readParameters));
      Values.assertClose(
          read(replica, Replica::readMomentum), read(reference, Replica::readMomentum));
    }
  }

  private static Parameters read(Replica replica, BiConsumer<Replica, Parameters> what) {
    Parameters read = Values.zeros(replica.network());
    what.accept(replica, read);
    return read;
  }

  @Test
  void refusesASingleValuePerChannelInTrainingAndNamesTheLayer() {
    Network network =
        NodeNetworks.around(
            "narrow",
            2,
            1,
            new MaxPool("pool", "first", 2, 2, 0),
            new BatchNorm("late", "pool", 1));
    try (Replica replica = open(network)) {
      Batch single = RandomBatches.of(network, 1, 6);
      assertThatThrownBy(() -> replica.step(single, RULE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("late")
          .hasMessageContaining("larger batch");
      assertThat(replica.logits(single, Mode.EVALUATION)).hasSize(3);
      Parameters values = Values.zeros(network);
      replica.readParameters(values);
      assertThat(values).isEqualTo(Initialization.draw(network, 1));
      assertThat(replica.step(RandomBatches.of(network, 2, 6), RULE).finite()).isTrue();
    }
  }

  @Test
  void refusesImagesOfAnotherShapeAndLabelsOutsideTheClasses() {
    Network network = small();
    try (Replica replica = open(network)) {
      Batch wrongShape = new Batch(1, new Shape(1, 4, 4), FloatBuffer.allocate(16), new int[] {0});
      assertThatThrownBy(() -> replica.logits(wrongShape, Mode.EVALUATION))
          .hasMessage("Cannot feed images [1, 4, 4] to a network for images [3, 8, 8]");
      Batch wrongLabel =
          new Batch(2, network.imageShape(), FloatBuffer.allocate(2 * 192), new int[] {1, 10});
      assertThatThrownBy(() -> replica.step(wrongLabel, RULE))
          .hasMessage("Invalid label 10: the network has 10 classes");
    }
  }

  @Test
  void returnsALossThatIsNotFinite() {
    Network network = small();
    try (Replica replica = open(network)) {
      FloatBuffer pixels = FloatBuffer.allocate(2 * network.imageShape().elements());
      pixels.put(0, Float.NaN);
      StepResult result =
          replica.step(new Batch(2, network.imageShape(), pixels, new int[] {0, 1}), RULE);
      assertThat(result.finite()).isFalse();
    }
  }

  @Test
  void trainingLogitsMoveRunningStatisticsOnly() {
    Network network = small();
    int trainable = ParameterLayout.of(network).trainableLength();
    try (Replica replica = open(network)) {
      Parameters before = Values.zeros(network);
      Parameters after = Values.zeros(network);
      replica.readParameters(before);
      replica.logits(RandomBatches.of(network, 4, 1), Mode.EVALUATION);
      replica.readParameters(after);
      assertThat(after).isEqualTo(before);
      replica.logits(RandomBatches.of(network, 4, 1), Mode.TRAINING);
      replica.readParameters(after);
      assertThat(Arrays.equals(after.values(), 0, trainable, before.values(), 0, trainable))
          .isTrue();
      assertThat(after).isNotEqualTo(before);
    }
  }

  @Test
  void activationsOfFusedNodesAreThere() {
    Network network =
        NodeNetworks.around("fused", 5, 5, new BatchNorm("bn", "first", 1), new Relu("r", "bn"));
    try (Replica replica = open(network)) {
      Batch batch = RandomBatches.of(network, 2, 1);
      Map<String, float[]> found = replica.activations(batch, Set.of("bn", "r"), Mode.EVALUATION);
      assertThat(found.get("bn")).hasSize(2 * 4 * 25);
      assertThat(IntStream.range(0, 200))
          .allMatch(i -> found.get("r")[i] == Math.max(found.get("bn")[i], 0));
    }
  }

  /** Resident memory in KiB. */
  protected static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void replicasThatAreClosedLeaveNothingBehind() throws IOException {
    Network network = Networks.named("resnet18-cifar", 10, 8);
    Batch batch = RandomBatches.of(network, 2, 1);
    Parameters values = Initialization.draw(network, 1);
    Parameters momentum = Values.zeros(network);
    long settled = 0;
    for (int i = 0; i < 110; i++) {
      if (i == 10) {
        settled = residentKib();
      }
      try (Replica replica = engine().open(ReplicaRequest.cpu(network))) {
        replica.load(values, momentum);
        if (i % 10 == 0) {
          replica.step(batch, RULE);
        }
      }
    }
    // values and momentum of one replica are 85 MiB
    assertThat(residentKib() - settled).isLessThan(300 * 1024);
  }
}
