package io.earlybird.model.architecture;

import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import java.util.List;

/**
 * Chains of 3x3 convolution, batch norm and ReLU with 2x2 max pools between, a pool over the whole
 * image and one linear layer (Simonyan and Zisserman, arXiv 1409.1556; specification 7.2).
 *
 * <p>Tensors are named as in torchvision's {@code vgg16_bn}: {@code features.0} is the first
 * convolution, {@code features.1} its batch norm; ReLUs and pools take a number too. The classifier
 * is {@code classifier}.
 *
 * @param plan output channels of each convolution, {@link #POOL} for a pool
 */
record Vgg(List<Integer> plan) {
  /** Stands for a max pool in a plan. */
  static final int POOL = 0;

  /** The sixteen-layer network for CIFAR, without the last pool. */
  static final Vgg VGG16_CIFAR =
      new Vgg(
          List.of(
              64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL, 512, 512, 512, POOL, 512, 512,
              512));

  Network build(String name, int classes, int imageSize) {
    Graph graph = new Graph(imageSize, 0.5);
    String x = graph.input();
    int number = 0;
    for (int channels : plan) {
      if (channels == POOL) {
        x = graph.maxPool("features." + number++, x, 2, 2, 0);
      } else {
        x = graph.convolution("features." + number++, x, channels, 3, 1);
        x = graph.batchNorm("features." + number++, x);
        x = graph.relu("features." + number++, x);
      }
    }
    graph.linear("classifier", graph.uncountedGlobalPool(x), classes, Linear.Initial.NORMAL_001);
    return graph.network(name);
  }
}
