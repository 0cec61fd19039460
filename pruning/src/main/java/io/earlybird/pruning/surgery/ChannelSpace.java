package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers the output channels of all nodes of a network, node by node. */
final class ChannelSpace {
  private final Map<String, Integer> offsets = new LinkedHashMap<>();
  private final Map<String, Integer> widths = new LinkedHashMap<>();
  private final int size;

  ChannelSpace(Network network) {
    int offset = 0;
    for (Node node : network.nodes()) {
      int width = network.shape(node.name()).channels();
      offsets.put(node.name(), offset);
      widths.put(node.name(), width);
      offset = Math.addExact(offset, width);
    }
    this.size = offset;
  }

  int size() {
    return size;
  }

  int width(String node) {
    return widths.get(node);
  }

  int id(String node, int channel) {
    return offsets.get(node) + channel;
  }
}
