package io.earlybird.model.architecture;

import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;

/**
 * Pre-activation bottleneck networks for CIFAR (He et al., arXiv 1603.05027; specification 7.3).
 *
 * <p>A block is bn1, relu, conv1 (1x1), bn2, relu, conv2 (3x3), bn3, relu, conv3 (1x1), plus its
 * raw input; the first block of every stage takes its input through the 1x1 convolution {@code
 * downsample.0} without batch norm. Tensors are named {@code layer1.0.bn1}, {@code layer1.0.conv1}
 * and so on; the last batch norm is {@code bn}.
 *
 * @param blocksPerStage n of depth 9n + 2
 */
record PreResNet(int blocksPerStage) {
  private static final int STAGES = 3;
  private static final int FIRST_WIDTH = 16;
  private static final int EXPANSION = 4;

  /** The network of that depth. */
  static PreResNet ofDepth(int depth) {
    if ((depth - 2) % 9 != 0 || depth < 11) {
      throw new IllegalArgumentException(
          "Invalid depth " + depth + " of a pre-activation network: must be 9n + 2");
    }
    return new PreResNet((depth - 2) / 9);
  }

  Network build(String name, int classes, int imageSize) {
    Graph graph = new Graph(imageSize, 0.5);
    String x = graph.convolution("conv1", graph.input(), FIRST_WIDTH, 3, 1);
    for (int stage = 0; stage < STAGES; stage++) {
      for (int i = 0; i < blocksPerStage; i++) {
        String block = "layer" + (stage + 1) + "." + i;
        int stride = stage > 0 && i == 0 ? 2 : 1;
        String shortcut = x;
        x = branch(graph, block, x, FIRST_WIDTH << stage, stride);
        if (i == 0) {
          shortcut =
              graph.convolution(block + ".downsample.0", shortcut, graph.channels(x), 1, stride);
        }
        x = graph.add(block + ".add", x, shortcut);
      }
    }
    x = graph.relu("relu", graph.batchNorm("bn", x));
    graph.linear("fc", graph.uncountedGlobalPool(x), classes, Linear.Initial.UNIFORM_FAN_IN);
    return graph.network(name);
  }

  private static String branch(Graph graph, String name, String input, int inner, int stride) {
    String x = graph.relu(name + ".relu1", graph.batchNorm(name + ".bn1", input));
    x = graph.convolution(name + ".conv1", x, inner, 1, 1);
    x = graph.relu(name + ".relu2", graph.batchNorm(name + ".bn2", x));
    x = graph.convolution(name + ".conv2", x, inner, 3, stride);
    x = graph.relu(name + ".relu3", graph.batchNorm(name + ".bn3", x));
    return graph.convolution(name + ".conv3", x, inner * EXPANSION, 1, 1);
  }
}
