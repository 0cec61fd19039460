package io.earlybird.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalizedProductsTest {
  @Test
  void ofResNet50TheyEndTheBranchesOfTheFirstTwoStagesAndAShortcut() {
    Network network = Networks.named("resnet50", 1000, 224);

    assertThat(NormalizedProducts.of(network))
        .hasSize(8)
        .allSatisfy(
            (convolution, batchNorm) -> {
              assertThat(network.node(batchNorm.source()).name()).isEqualTo(convolution);
              assertThat(network.shape(convolution).channels()).isIn(256, 512);
            });
  }

  @Test
  void noneIsRectifiedByItselfStridedOrSeenBeforeItsBatchNorm() {
    Network network =
        new Network(
            "products",
            List.of(
                new Input("image", new Shape(3, 8, 8)),
                new Convolution("stem", "image", 4, 3, 1, 1),
                new Convolution("wide", "stem", 16, 1, 1, 0),
                new BatchNorm("wide.bn", "wide", 1),
                new Convolution("rectified", "stem", 16, 1, 1, 0),
                new BatchNorm("rectified.bn", "rectified", 1),
                new Relu("relu", "rectified.bn"),
                new Convolution("seen", "stem", 16, 1, 1, 0),
                new BatchNorm("seen.bn", "seen", 1),
                new Add("sum", List.of("wide.bn", "relu", "seen.bn", "seen")),
                new Convolution("strided", "sum", 32, 1, 2, 0),
                new BatchNorm("strided.bn", "strided", 1),
                new AveragePool("pool", "strided.bn", 4, 4, true),
                new Linear("logits", "pool", 10, Linear.Initial.NORMAL_001)));

    assertThat(NormalizedProducts.of(network)).containsOnlyKeys("wide");
  }
}
