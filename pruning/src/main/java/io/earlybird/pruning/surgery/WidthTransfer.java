package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Narrows a network to the kept counts of a mask, without values: the authors' code for ResNet-50
 * (specification 2.7).
 *
 * <p>A layer that is not coupled gets its kept count, at least 1. A stream gets the larger of the
 * counts that its first join adds (block output and shortcut, a maximum of counts and no union of
 * channels); counts of later writers are ignored. The result does not compute the function of the
 * masked network.
 */
public final class WidthTransfer {
  private final Network network;
  private final Coupling coupling;
  private final BatchNormChannels channels;
  private final Mask mask;

  /** Width by representative of the first channel of a node. */
  private final Map<Integer, Integer> widths = new HashMap<>();

  private WidthTransfer(Network network, Mask mask) {
    this.network = network;
    this.coupling = new Coupling(network, GroupRule.UNION);
    this.channels = BatchNormChannels.of(network);
    this.mask = mask;
  }

  /**
   * The narrow network.
   *
   * @param channelMultiple widths are rounded up to a multiple of this, at most to the dense width
   * @throws IllegalArgumentException if the mask does not fit, or the network has read gates or
   *     indexed adds
   */
  public static Network narrow(Network network, Mask mask, int channelMultiple) {
    WidthTransfer transfer = new WidthTransfer(network, mask);
    transfer.channels.requireFits(mask);
    network.nodes().forEach(transfer::measure);
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      nodes.add(
          node instanceof Convolution convolution
              ? convolution.withOutChannels(transfer.width(convolution, channelMultiple))
              : node);
    }
    return new Network(network.name(), nodes);
  }

  private void measure(Node node) {
    if (node instanceof BatchNorm norm) {
      if (coupling.flows(norm.name()).get(0).kind != Flow.Kind.COUPLED) {
        throw new IllegalArgumentException(
            "Cannot transfer widths: " + norm.name() + " is a read gate; set surgery to union");
      }
      BatchNormChannels.Layer layer = channels.layer(norm.name());
      int count = mask.slice(layer.offset(), layer.count()).keptCount();
      if (!joined(norm)) {
        widths.put(key(norm), Math.max(1, count));
      } else if (beforeFirstJoin(norm)) {
        widths.merge(key(norm), Math.max(1, count), Math::max);
      }
    } else if (node instanceof IndexedAdd) {
      throw new IllegalArgumentException(
          "Cannot transfer widths: " + node.name() + " is an indexed add; set surgery to union");
    }
  }

  private int key(Node node) {
    return coupling.group(coupling.space().id(node.name(), 0));
  }

  private boolean joined(Node node) {
    return network.nodes(Add.class).stream().anyMatch(add -> key(add) == key(node));
  }

  private boolean beforeFirstJoin(Node node) {
    for (Node other : network.nodes()) {
      if (other instanceof Add && key(other) == key(node)) {
        return false;
      } else if (other.equals(node)) {
        return true;
      }
    }
    throw new IllegalStateException("Unknown node " + node);
  }

  private int width(Convolution convolution, int multiple) {
    int dense = convolution.outChannels();
    int width = widths.getOrDefault(key(convolution), dense);
    return Math.min(dense, (width + multiple - 1) / multiple * multiple);
  }
}
