package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reparametrization.SelectiveDecay;
import io.earlybird.pruning.parity.NodeNetworks;
import io.earlybird.pruning.parity.Values;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FittedGraphTest {
  private static final StepRule RULE =
      StepRule.sgd(0.05, 0.9, 1e-2).withGammaL1(1e-2).withLabelSmoothing(0.1);

  static Stream<Network> networks() {
    return NodeNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void fitDoesWhatStepsDo(Network network) {
    assertFitEqualsSteps(network, RULE);
  }

  @Test
  void nesterovLooksAheadUnderFitToo() {
    assertFitEqualsSteps(
        NodeNetworks.all().skip(7).findFirst().orElseThrow(),
        RULE.withMomentumForm(MomentumForm.NESTEROV));
  }

  private static void assertFitEqualsSteps(Network network, StepRule rule) {
    double[] rates = {0.05, 0.02};
    Parameters values = Values.random(network);
    Parameters momentum = Values.zeros(network);
    momentum.values()[0] = 1;
    ComputationGraph graph = FittedGraph.create(network, rule, rates, values, momentum);
    try (Replica replica = new Dl4jEngine().open(ReplicaRequest.cpu(network))) {
      replica.load(values, momentum);
      for (int i = 0; i < 3; i++) {
        Batch batch = RandomBatches.of(network, 4 - i, i);
        replica.step(batch, rule.withLearningRate(rates[Math.min(i, 1)]));
        graph.fit(FittedGraph.dataSet(batch, network.classes(), rule.labelSmoothing()));
      }
      Parameters stepped = Values.zeros(network);
      replica.readParameters(stepped);
      Parameters fitted = Values.zeros(network);
      Parameters fittedMomentum = Values.zeros(network);
      FittedGraph.read(network, graph, fitted, fittedMomentum);
      Values.assertClose(fitted, stepped);
      replica.readMomentum(stepped);
      Values.assertClose(fittedMomentum, stepped);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void configurationSurvivesJson(Network network) {
    ComputationGraph graph =
        FittedGraph.create(
            network, RULE, new double[] {0.1}, Values.random(network), Values.zeros(network));
    ComputationGraphConfiguration configuration = graph.getConfiguration();
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(read.toJson()).isEqualTo(configuration.toJson());
    assertThat(read).isEqualTo(configuration);
  }

  @Test
  void refusesToHoldEntriesToRoundAndToReparametrize() {
    BitSet bits = new BitSet();
    bits.set(3);
    assertRefused(RULE.withHeld(HeldEntries.of(bits)), "1 held entries");
    assertRefused(RULE.withQuantization(new Quantization(8, 1)), "word length 8");
    SelectiveDecay lc = new SelectiveDecay(List.of("fc.weight"), 1, 0, 1, 1, 0);
    assertRefused(RULE.withReparametrization(lc), "uses stored weights as they are");
  }

  private static void assertRefused(StepRule rule, String why) {
    Network network = NodeNetworks.all().findFirst().orElseThrow();
    assertThatThrownBy(
            () ->
                FittedGraph.create(
                    network,
                    rule,
                    new double[] {0.1},
                    Values.zeros(network),
                    Values.zeros(network)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
