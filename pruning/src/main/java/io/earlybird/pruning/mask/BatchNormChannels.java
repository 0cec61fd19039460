package io.earlybird.pruning.mask;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the channels of each batch norm lie in masks and score vectors: all batch norms, stem,
 * shortcut and final ones included, in the order of the nodes (specification 1.2).
 */
public final class BatchNormChannels {
  /**
   * The channels of one batch norm.
   *
   * @param node the batch norm
   * @param offset index of its first channel
   * @param count number of its channels
   */
  public record Layer(BatchNorm node, int offset, int count) {}

  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final int total;

  private BatchNormChannels(Network network) {
    int offset = 0;
    for (BatchNorm node : network.nodes(BatchNorm.class)) {
      int count = network.shape(node.name()).channels();
      layers.put(node.name(), new Layer(node, offset, count));
      offset += count;
    }
    this.total = offset;
  }

  /** The channels of a network. */
  public static BatchNormChannels of(Network network) {
    return new BatchNormChannels(network);
  }

  /** Layers in the order of the network. */
  public List<Layer> layers() {
    return new ArrayList<>(layers.values());
  }

  /**
   * The layer of that batch norm.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Layer layer(String batchNorm) {
    Layer layer = layers.get(batchNorm);
    if (layer == null) {
      throw new IllegalArgumentException(
          "Unknown batch norm " + batchNorm + "; known are " + layers.keySet());
    }
    return layer;
  }

  /** Number of all channels, N. */
  public int total() {
    return total;
  }

  /**
   * Fails unless the mask has as many channels as the network.
   *
   * @throws IllegalArgumentException if it has not
   */
  public void requireFits(Mask mask) {
    if (mask.length() != total) {
      throw new IllegalArgumentException(
          "Invalid mask of "
              + mask.length()
              + " channels: the network has "
              + total
              + " batch-norm channels in "
              + layers.size()
              + " layers");
    }
  }
}
