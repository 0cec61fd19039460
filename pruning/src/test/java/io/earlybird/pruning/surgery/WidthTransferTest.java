package io.earlybird.pruning.surgery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import java.util.BitSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WidthTransferTest {
  /** Keeps the first channels of each batch norm: those given, else one in four. */
  private static Mask keeping(Network network, Map<String, Integer> counts) {
    BatchNormChannels channels = BatchNormChannels.of(network);
    BitSet kept = new BitSet();
    for (BatchNormChannels.Layer layer : channels.layers()) {
      int count = counts.getOrDefault(layer.node().name(), layer.count() / 4);
      kept.set(layer.offset(), layer.offset() + count);
    }
    return Mask.of(kept, channels.total());
  }

  @Test
  void stageWidthOfResnet50IsTheLargerCountOfItsFirstBlock() {
    Network network = Networks.named("resnet50", 10, 32);
    Map<String, Integer> counts =
        Map.of(
            "bn1", 21,
            "layer1.0.bn1", 0,
            "layer1.0.bn3", 50,
            "layer1.0.downsample.1", 70,
            "layer1.2.bn3", 200,
            "layer2.0.bn3", 90,
            "layer2.0.downsample.1", 60,
            "layer4.0.bn3", 33,
            "layer4.0.downsample.1", 44);
    Network narrow = WidthTransfer.narrow(network, keeping(network, counts), 1);
    assertThat(narrow.shape("bn1").channels()).isEqualTo(21);
    assertThat(narrow.shape("layer1.0.bn1").channels()).as("an empty layer keeps one").isEqualTo(1);
    assertThat(narrow.shape("layer1.0.bn2").channels()).isEqualTo(16);
    assertThat(narrow.shape("layer1.0.add").channels()).isEqualTo(70);
    assertThat(narrow.shape("layer1.2.bn3").channels())
        .as("later counts are ignored")
        .isEqualTo(70);
    assertThat(narrow.shape("layer2.3.bn3").channels()).isEqualTo(90);
    assertThat(narrow.inputShapes(narrow.output()).get(0).channels()).isEqualTo(44);
  }

  @Test
  void widthsAreRoundedUpAtMostToTheDenseOnes() {
    Network network = Networks.named("vgg16-cifar", 10, 16);
    Map<String, Integer> counts = Map.of("features.1", 63, "features.4", 17);
    Network narrow = WidthTransfer.narrow(network, keeping(network, counts), 48);
    assertThat(narrow.shape("features.1").channels()).isEqualTo(64);
    assertThat(narrow.shape("features.4").channels()).isEqualTo(48);
  }

  @Test
  void readGatesAreRefused() {
    Network network = Networks.named("preresnet-20", 10, 16);
    assertThatThrownBy(() -> WidthTransfer.narrow(network, keeping(network, Map.of()), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layer1.0.bn1 is a read gate")
        .hasMessageContaining("set surgery to union");
  }

  @Test
  void channelSurgeryRefusesWidthTransfer() {
    Network network = Networks.named("demo");
    SurgeryOptions options = SurgeryOptions.defaults().withRule(GroupRule.WIDTH_TRANSFER);
    Mask mask = keeping(network, Map.of());
    assertThatThrownBy(
            () -> ChannelSurgery.cut(network, RandomValues.gammas(network, 1), mask, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width-transfer");
  }
}
