package io.earlybird.pruning.surgery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import io.earlybird.pruning.mask.Mask;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BetaFoldingTest {
  private static final double TOLERANCE = 1e-12;

  /** The square root of 1 + epsilon, which the worked example ignores, is undone in gamma. */
  private static final double EPSILON_ROOT = Math.sqrt(1 + BatchNorm.EPSILON);

  /** Values by name, everything else 0 (1 for variances). */
  private static final class Values {
    final ParameterLayout layout;
    final double[] array;

    Values(Network network) {
      layout = ParameterLayout.of(network);
      array = new double[layout.length()];
      for (BatchNorm norm : network.nodes(BatchNorm.class)) {
        ParameterLayout.Entry variance = layout.entry(norm.runningVariance());
        Arrays.fill(array, variance.offset(), variance.end(), 1);
      }
    }

    Values put(String tensor, double... numbers) {
      System.arraycopy(numbers, 0, array, layout.entry(tensor).offset(), numbers.length);
      return this;
    }
  }

  private static Mask mask(String digits) {
    BitSet kept = new BitSet();
    for (int i = 0; i < digits.length(); i++) {
      kept.set(i, digits.charAt(i) == '1');
    }
    return Mask.of(kept, digits.length());
  }

  private static Cut cut(Network network, double[] values, String mask, GroupRule rule) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    Parameters parameters = new Parameters(ParameterLayout.of(network), floats);
    return ChannelSurgery.cut(
        network, parameters, mask(mask), SurgeryOptions.defaults().withRule(rule));
  }

  private static double[] evaluate(Network network, double[] values, Batch batch) {
    ReferenceReplica replica = new ReferenceReplica(network);
    replica.load(values, new double[values.length]);
    return replica.activation(batch, network.output().name(), Mode.EVALUATION);
  }

  /** One channel, one pixel, value 2; its filters, batch norm and reader of specification 2.2. */
  private static Network firstExample(Node... reader) {
    List<Node> nodes =
        new ArrayList<>(
            List.of(
                new Input("input", new Shape(1, 1, 1)),
                new Convolution("conv1", "input", 2, 1, 1, 0),
                new BatchNorm("bn1", "conv1", 1),
                new Relu("relu1", "bn1")));
    nodes.addAll(List.of(reader));
    return new Network("example-1", nodes);
  }

  private static Values firstValues(Network network) {
    // The masked gamma is already 0 here: what is compared is the network with beta alone.
    return new Values(network)
        .put("conv1.weight", 1, -0.5)
        .put("bn1.weight", 0.5 * EPSILON_ROOT, 0)
        .put("bn1.bias", 0.2, 0.6);
  }

  private static Batch imageOfTwo() {
    return new Batch(1, new Shape(1, 1, 1), FloatBuffer.wrap(new float[] {2}), new int[] {0});
  }

  @Test
  void firstExampleFoldsIntoTheLinearBias() {
    Network network = firstExample(new Linear("fc", "relu1", 1, Linear.Initial.NORMAL_001));
    Values values = firstValues(network).put("fc.weight", 2, 3);
    Cut cut = cut(network, values.array, "10", GroupRule.UNION);
    assertThat(evaluate(network, values.array, imageOfTwo())[0]).isCloseTo(4.2, within(TOLERANCE));
    assertThat(evaluate(cut.network(), cut.values(values.array), imageOfTwo())[0])
        .as("with the beta zeroed")
        .isCloseTo(2.4, within(TOLERANCE));
    double[] folded = new BetaFolding(network, values.array, cut).fold();
    assertThat(evaluate(cut.network(), folded, imageOfTwo())[0]).isCloseTo(4.2, within(TOLERANCE));
    int bias = ParameterLayout.of(cut.network()).entry("fc.bias").offset();
    assertThat(folded[bias]).isCloseTo(1.8, within(TOLERANCE));
  }

  @Test
  void firstExampleFoldsIntoTheRunningMeanBehindAConvolution() {
    Network network =
        firstExample(
            new Convolution("conv2", "relu1", 1, 1, 1, 0),
            new BatchNorm("bn2", "conv2", 1),
            new Linear("fc", "bn2", 1, Linear.Initial.NORMAL_001));
    double gamma = Math.sqrt(4 + BatchNorm.EPSILON) / 2;
    Values values =
        firstValues(network)
            .put("conv2.weight", 2, 3)
            .put("bn2.weight", gamma)
            .put("bn2.running_mean", 1)
            .put("bn2.running_var", 4)
            .put("fc.weight", 1);
    Cut cut = cut(network, values.array, "101", GroupRule.UNION);
    double[] folded = new BetaFolding(network, values.array, cut).fold();
    int mean = ParameterLayout.of(cut.network()).entry("bn2.running_mean").offset();
    assertThat(folded[mean]).isCloseTo(-0.8, within(TOLERANCE));
    assertThat(evaluate(network, values.array, imageOfTwo())[0]).isCloseTo(1.6, within(TOLERANCE));
    assertThat(evaluate(cut.network(), folded, imageOfTwo())[0]).isCloseTo(1.6, within(TOLERANCE));
  }

  @Test
  void secondExampleShiftsDependOnThePositionBehindPadding() {
    Network network =
        new Network(
            "example-2",
            List.of(
                new Input("input", new Shape(1, 3, 3)),
                new Convolution("conv1", "input", 2, 1, 1, 0),
                new BatchNorm("bn1", "conv1", 1),
                new Relu("relu1", "bn1"),
                new Convolution("conv2", "relu1", 1, 3, 1, 1),
                new BatchNorm("bn2", "conv2", 1),
                new AveragePool("pool", "bn2", 3, 3, false),
                new Linear("fc", "pool", 1, Linear.Initial.NORMAL_001)));
    double[] taps = {.1, .2, .3, .4, .5, .6, .7, .8, .9};
    double[] both = new double[18];
    System.arraycopy(taps, 0, both, 9, 9);
    Values values =
        new Values(network)
            .put("bn1.weight", 1, 0)
            .put("bn1.bias", 0, 0.4)
            .put("conv2.weight", both)
            .put("bn2.weight", 1);
    Cut cut = cut(network, values.array, "101", GroupRule.UNION);
    BetaFolding folding = new BetaFolding(network, values.array, cut);
    double[] expected = {1.12, 1.56, .96, 1.32, 1.80, 1.08, .64, .84, .48};
    assertThat(folding.shiftMap("conv2")).containsExactly(expected, within(TOLERANCE));
    int mean = ParameterLayout.of(cut.network()).entry("bn2.running_mean").offset();
    assertThat(folding.fold()[mean]).as("interior").isCloseTo(-1.80, within(TOLERANCE));
  }

  @Test
  void unpaddedNetworksFoldExactly() {
    for (long seed = 1; seed <= 5; seed++) {
      Network network = unpadded();
      Parameters parameters = RandomValues.parameters(network, seed);
      Cut cut =
          ChannelSurgery.cut(
              network,
              parameters,
              RandomValues.maskWithEmptyLayers(network, 0.5, seed),
              SurgeryOptions.defaults());
      double[] values = withoutMaskedGammas(network, parameters, cut);
      double[] folded = new BetaFolding(network, values, cut).fold();
      Batch batch = RandomBatches.of(network, 2, seed);
      assertThat(evaluate(cut.network(), folded, batch))
          .as("seed " + seed)
          .containsExactly(evaluate(network, values, batch), within(TOLERANCE));
    }
  }

  private static double[] withoutMaskedGammas(Network network, Parameters parameters, Cut cut) {
    double[] values = new double[parameters.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = parameters.values()[i];
    }
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      ParameterLayout.Entry gamma = parameters.layout().entry(norm.gamma());
      for (int i = gamma.offset(); i < gamma.end(); i++) {
        values[i] = cut.masked().holds(i) ? 0 : values[i];
      }
    }
    return values;
  }

  private static Network unpadded() {
    return new Network(
        "unpadded",
        List.of(
            new Input("input", new Shape(3, 6, 6)),
            new Convolution("conv1", "input", 6, 3, 1, 0),
            new BatchNorm("bn1", "conv1", 1),
            new Relu("relu1", "bn1"),
            new Convolution("conv2", "relu1", 6, 1, 1, 0),
            new BatchNorm("bn2", "conv2", 1),
            new Add("add", List.of("bn2", "relu1")),
            new Relu("relu2", "add"),
            new Convolution("conv3", "relu2", 4, 3, 1, 0, true),
            new BatchNorm("bn3", "conv3", 1),
            new AveragePool("pool", "bn3", 2, 2, false),
            new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));
  }

  @Test
  void constantsThatAStreamWouldLoseAreRefused() {
    Network network = unpadded();
    Parameters parameters = RandomValues.parameters(network, 1);
    Cut cut =
        ChannelSurgery.cut(
            network,
            parameters,
            mask("1111111010101111"),
            SurgeryOptions.defaults().withRule(GroupRule.SCATTER));
    double[] values = withoutMaskedGammas(network, parameters, cut);
    assertThatThrownBy(() -> new BetaFolding(network, values, cut).fold())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot fold betas into stream add")
        .hasMessageContaining("surgery union");
  }

  @Test
  void convolutionWithNowhereToFoldIsRefused() {
    Network network =
        firstExample(
            new Convolution("conv2", "relu1", 1, 1, 1, 0),
            new Relu("relu2", "conv2"),
            new Linear("fc", "relu2", 1, Linear.Initial.NORMAL_001));
    Values values = firstValues(network).put("conv2.weight", 2, 3);
    Cut cut = cut(network, values.array, "10", GroupRule.UNION);
    assertThatThrownBy(() -> new BetaFolding(network, values.array, cut).fold())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv2")
        .hasMessageContaining("no bias");
  }
}
