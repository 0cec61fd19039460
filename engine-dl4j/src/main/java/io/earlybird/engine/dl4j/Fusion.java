package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rectifiers are computed by the node before them: those that are the only reader of a batch
 * norm or a sum, so that nobody misses the values between the two.
 */
final class Fusion {
  private final Network network;
  private final Map<String, String> vertexOf = new HashMap<>();

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
