package io.earlybird.pruning.thinet;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer that can be cut by itself: convolution and batch norm, whose output goes through a
 * rectifier and perhaps a pool to one convolution and nowhere else.
 *
 * @param norm its batch norm
 * @param reader the next convolution
 */
record ThinLayer(BatchNorm norm, Convolution reader) {
  /**
   * Those of a network, in its order; cutting one changes neither names nor order of the others.
   */
  static List<ThinLayer> of(Network network) {
    List<ThinLayer> layers = new ArrayList<>();
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      boolean own = network.node(norm.sources().get(0)) instanceof Convolution;
      if (own && onlyReader(network, norm.sources().get(0)).isPresent()) {
        reader(network, norm).ifPresent(reader -> layers.add(new ThinLayer(norm, reader)));
      }
    }
    return layers;
  }

  private static Optional<Convolution> reader(Network network, BatchNorm norm) {
    Optional<Node> next = onlyReader(network, norm.name());
    boolean rectified = false;
    while (next.isPresent()) {
      Node node = next.get();
      if (node instanceof Convolution convolution) {
        return rectified ? Optional.of(convolution) : Optional.empty();
      }
      if (!(node instanceof Relu || node instanceof MaxPool)) {
        return Optional.empty();
      }
      rectified = true;
      next = onlyReader(network, node.name());
    }
    return Optional.empty();
  }

  private static Optional<Node> onlyReader(Network network, String name) {
    List<Node> readers =
        network.nodes().stream().filter(node -> node.sources().contains(name)).toList();
    return readers.size() == 1 ? Optional.of(readers.get(0)) : Optional.empty();
  }
}
