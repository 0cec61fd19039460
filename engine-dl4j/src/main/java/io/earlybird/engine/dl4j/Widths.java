package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import java.util.function.IntUnaryOperator;

/**
 * How many channels the output of each node has inside a graph: those of the network, and behind
 * them, where kernels work faster so, further ones that are always zero.
 *
 * <p>They stay zero without care, in both directions: their kernel entries, biases, gammas and
 * betas are 0, so that nothing comes out of them and no gradient goes through them. The network's
 * own channels come first, in their order.
 */
final class Widths {
  private final Network network;
  private final IntUnaryOperator padded;

  private Widths(Network network, IntUnaryOperator padded) {
    this.network = network;
    this.padded = padded;
  }

  /** Those of the network. */
  static Widths plain(Network network) {
    return new Widths(network, IntUnaryOperator.identity());
  }

  /** Those that the kernels like. */
  static Widths liked(Network network, Kernels kernels) {
    return new Widths(network, kernels::likedChannels);
  }

  Network network() {
    return network;
  }

  /**
   * Channels of the output of a node. Images and logits have no further ones. Nor has an output as
   * wide as the images, which may be added to them: outputs of equal width have to stay so.
   */
  int of(String node) {
    int channels = network.shape(node).channels();
    boolean bare =
        network.node(node) instanceof Linear || channels == network.imageShape().channels();
    return bare ? channels : padded.applyAsInt(channels);
  }

  /** Channels of the first input of a node. */
  int ofInput(Node node) {
    return of(node.sources().get(0));
  }
}
