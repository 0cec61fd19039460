package io.earlybird.pruning.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.Initialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelScoresTest {
  @ParameterizedTest
  @CsvSource({"vgg16-cifar, 4224", "preresnet-101, 7408", "resnet18, 4800", "resnet50, 26560"})
  void everyBatchNormTakesPart(String name, int channels) {
    assertThat(BatchNormChannels.of(Networks.named(name)).total()).isEqualTo(channels);
  }

  @Test
  void batchNormsStandInRegistrationOrderWithTheShortcutAfterItsBlock() {
    List<String> names =
        BatchNormChannels.of(Networks.named("resnet18")).layers().stream()
            .map(layer -> layer.node().name())
            .toList();
    assertThat(names.subList(4, 9))
        .containsExactly(
            "layer1.1.bn2",
            "layer2.0.bn1",
            "layer2.0.bn2",
            "layer2.0.downsample.1",
            "layer2.1.bn1");
  }

  @Test
  void shortcutsOfResnet50AreTheFifthFifteenthTwentyEighthAndFortySeventh() {
    List<BatchNormChannels.Layer> layers =
        BatchNormChannels.of(Networks.named("resnet50")).layers();
    assertThat(layers).hasSize(53);
    for (int position : new int[] {5, 15, 28, 47}) {
      assertThat(layers.get(position - 1).node().name()).endsWith("downsample.1");
    }
  }

  @Test
  void scoreIsTheAbsoluteGamma() {
    ChannelScores scores = Scores.of(new float[] {0.5f, -0.25f}, new float[] {-0f});
    assertThat(scores.length()).isEqualTo(3);
    assertThat(scores.score(1)).isEqualTo(0.25f);
    assertThat(scores.score(2)).isEqualTo(0f);
  }

  @Test
  void nanFailsAndNamesLayerAndChannel() {
    assertThatThrownBy(() -> Scores.of(new float[] {1}, new float[] {1, Float.NaN}))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("channel 1 of bn1")
        .hasMessageContaining("NaN");
  }

  @Test
  void networkWithoutBatchNormIsRefused() {
    Network network =
        new Network(
            "linear",
            List.of(
                new Input("input", new Shape(3, 1, 1)),
                new Linear("fc", "input", 2, Linear.Initial.NORMAL_001)));
    assertThatThrownBy(() -> ChannelScores.of(network, Initialization.draw(network, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no batch norm")
        .hasMessageContaining("sparsity.policy=dense");
  }
}
