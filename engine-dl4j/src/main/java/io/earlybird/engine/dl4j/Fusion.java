package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.NormalizedProducts;
import io.earlybird.model.network.Relu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes are computed by the node before them, because they are its only reader and nobody
 * misses the values between the two: rectifiers behind a batch norm or a sum, and, in evaluation,
 * batch norms behind a convolution.
 */
final class Fusion {
  private final Network network;
  private final Map<String, String> vertexOf = new HashMap<>();
  private final Map<String, String> folded = new HashMap<>();
  private final Map<String, String> products = new HashMap<>();
  private final List<String> overwriting = new ArrayList<>();

  private Fusion(Network network) {
    this.network = network;
  }

  /** Nothing is fused: every node has a vertex, and its output can be looked at. */
  static Fusion none(Network network) {
    return new Fusion(network);
  }

  /** Every rectifier that can be fused is. */
  static Fusion full(Network network) {
    Fusion fusion = new Fusion(network);
    for (BatchNorm batchNorm : network.nodes(BatchNorm.class)) {
      boolean onlyReader = network.readers(batchNorm.source()).size() == 1;
      if (network.node(batchNorm.source()) instanceof Convolution && onlyReader) {
        fusion.folded.put(batchNorm.source(), batchNorm.name());
      }
    }
    NormalizedProducts.of(network)
        .forEach((convolution, batchNorm) -> fusion.products.put(convolution, batchNorm.name()));
    for (Add add : network.nodes(Add.class)) {
      String first = add.sources().get(0);
      boolean onlyReader = network.readers(first).size() == 1;
      if (add.sources().size() == 2 && network.node(first) instanceof BatchNorm && onlyReader) {
        fusion.overwriting.add(add.name());
      }
    }
    for (Relu relu : network.nodes(Relu.class)) {
      Node source = network.node(relu.source());
      boolean fusible = source instanceof BatchNorm || source instanceof Add;
      if (fusible && network.readers(source.name()).size() == 1) {
        fusion.vertexOf.put(relu.name(), source.name());
      }
    }
    return fusion;
  }

  /** Name of the vertex whose output is the output of the node. */
  String vertexOf(String node) {
    return vertexOf.getOrDefault(node, node);
  }

  /** Names of the vertices whose outputs the node reads, in order. */
  String[] sourcesOf(Node node) {
    return node.sources().stream().map(this::vertexOf).toArray(String[]::new);
  }

  /** Convolutions that evaluate together with the batch norm which alone reads them, by name. */
  Map<String, String> folded() {
    return Map.copyOf(folded);
  }

  /**
   * 1x1 convolutions that train together with the batch norm which alone reads them, by name, where
   * kernels know how.
   */
  Map<String, String> products() {
    return Map.copyOf(products);
  }

  /**
   * Sums of two that may be written over their first input: what a batch norm without a rectifier
   * put out for nobody else, and does not need itself to go backward.
   */
  List<String> overwriting() {
    return List.copyOf(overwriting);
  }

  /** Whether the node is computed by the vertex of another. */
  boolean absorbed(Node node) {
    return vertexOf.containsKey(node.name());
  }

  /** What the vertex of the node applies to its result. */
  Activation following(Node node) {
    return vertexOf.containsValue(node.name()) ? Activation.RELU : Activation.IDENTITY;
  }

  /** Nodes that have a vertex of their own, the input left out, in topological order. */
  List<Node> vertices() {
    return network.nodes().stream()
        .filter(node -> !node.sources().isEmpty() && !absorbed(node))
        .toList();
  }
}
