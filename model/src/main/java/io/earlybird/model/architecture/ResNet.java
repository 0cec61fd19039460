package io.earlybird.model.architecture;

import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import java.util.List;

/**
 * Residual networks with post-activation blocks (He et al., arXiv 1512.03385; specification 7.4).
 *
 * <p>Tensor names are torchvision's: {@code conv1}, {@code layer1.0.conv1}, {@code
 * layer1.0.downsample.0}, {@code fc}. Shortcut convolutions have no bias, unlike those of the
 * Early-Bird code for ResNet-50.
 *
 * @param stem how images enter
 * @param block kind of the blocks
 * @param blocks number of blocks of each stage
 * @param width inner width of the first stage; it doubles with every stage
 */
record ResNet(Stem stem, Block block, List<Integer> blocks, int width) {
  /** How images enter. */
  enum Stem {
    /** 7x7 with stride 2, then a 3x3 max pool with stride 2. */
    IMAGENET,
    /** 3x3 with stride 1 and no pool. */
    CIFAR
  }

  /** Kinds of blocks. */
  enum Block {
    /** Two 3x3 convolutions; the stride is in the first. */
    BASIC,
    /** 1x1, 3x3, 1x1 to four times the width; the stride is in the first 1x1 (version 1). */
    BOTTLENECK_V1,
    /** The same with the stride in the 3x3 (version 1.5, torchvision and the Early-Bird code). */
    BOTTLENECK_V15;

    int expansion() {
      return this == BASIC ? 1 : 4;
    }
  }

  Network build(String name, int classes, int imageSize) {
    Graph graph = new Graph(imageSize, 1);
    String x = stem(graph);
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int i = 0; i < blocks.get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        x = block(graph, "layer" + (stage + 1) + "." + i, x, width << stage, stride);
      }
    }
    x = stem == Stem.IMAGENET ? graph.countedGlobalPool(x) : graph.uncountedGlobalPool(x);
    graph.linear("fc", x, classes, Linear.Initial.UNIFORM_FAN_IN);
    return graph.network(name);
  }

  private String stem(Graph graph) {
    boolean imagenet = stem == Stem.IMAGENET;
    String x = graph.convolution("conv1", graph.input(), width, imagenet ? 7 : 3, imagenet ? 2 : 1);
    x = graph.relu("relu", graph.batchNorm("bn1", x));
    return imagenet ? graph.maxPool("maxpool", x, 3, 2, 1) : x;
  }

  private String block(Graph graph, String name, String input, int inner, int stride) {
    String x =
        block == Block.BASIC
            ? basic(graph, name, input, inner, stride)
            : bottleneck(graph, name, input, inner, stride);
    String shortcut = input;
    if (stride != 1 || graph.channels(input) != graph.channels(x)) {
      shortcut = graph.convolution(name + ".downsample.0", input, graph.channels(x), 1, stride);
      shortcut = graph.batchNorm(name + ".downsample.1", shortcut);
    }
    return graph.relu(name + ".relu", graph.add(name + ".add", x, shortcut));
  }

  private static String basic(Graph graph, String name, String input, int inner, int stride) {
    String x = graph.convolution(name + ".conv1", input, inner, 3, stride);
    x = graph.relu(name + ".relu1", graph.batchNorm(name + ".bn1", x));
    x = graph.convolution(name + ".conv2", x, inner, 3, 1);
    return graph.batchNorm(name + ".bn2", x);
  }

  private String bottleneck(Graph graph, String name, String input, int inner, int stride) {
    boolean first = block == Block.BOTTLENECK_V1;
    String x = graph.convolution(name + ".conv1", input, inner, 1, first ? stride : 1);
    x = graph.relu(name + ".relu1", graph.batchNorm(name + ".bn1", x));
    x = graph.convolution(name + ".conv2", x, inner, 3, first ? 1 : stride);
    x = graph.relu(name + ".relu2", graph.batchNorm(name + ".bn2", x));
    x = graph.convolution(name + ".conv3", x, inner * block.expansion(), 1, 1);
    return graph.batchNorm(name + ".bn3", x);
  }
}
