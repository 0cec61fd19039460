package io.earlybird.model.architecture;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network under construction. Every method appends a node and returns its name, which the next
 * one reads.
 */
final class Graph {
  private final double initialGamma;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Shape> shapes = new HashMap<>();

  /**
   * Starts with square RGB images.
   *
   * @param imageSize extent of the images
   * @param initialGamma gamma of every batch norm
   */
  Graph(int imageSize, double initialGamma) {
    this.initialGamma = initialGamma;
    append(new Input("input", new Shape(3, imageSize, imageSize)));
  }

  String input() {
    return nodes.get(0).name();
  }

  /** Channels of the output of a node. */
  int channels(String node) {
    return shapes.get(node).channels();
  }

  /** A convolution without bias whose padding keeps the extent up to the stride. */
  String convolution(String name, String source, int channels, int kernel, int stride) {
    return append(new Convolution(name, source, channels, kernel, stride, kernel / 2));
  }

  String batchNorm(String name, String source) {
    return append(new BatchNorm(name, source, initialGamma));
  }

  String relu(String name, String source) {
    return append(new Relu(name, source));
  }

  String maxPool(String name, String source, int kernel, int stride, int padding) {
    return append(new MaxPool(name, source, kernel, stride, padding));
  }

  String add(String name, String first, String second) {
    return append(new Add(name, List.of(first, second)));
  }

  /** A pool over the whole image that the paper's tool counts. */
  String countedGlobalPool(String source) {
    return append(new AveragePool("avgpool", source, shapes.get(source).height(), 1, true));
  }

  /** A pool over the whole image that the paper's tool does not see. */
  String uncountedGlobalPool(String source) {
    return append(new AveragePool("avgpool", source, shapes.get(source).height(), 1, false));
  }

  String linear(String name, String source, int classes, Linear.Initial initial) {
    return append(new Linear(name, source, classes, initial));
  }

  Network network(String name) {
    return new Network(name, nodes);
  }

  private String append(Node node) {
    shapes.put(node.name(), node.outputShape(node.sources().stream().map(shapes::get).toList()));
    nodes.add(node);
    return node.name();
  }
}
