package io.earlybird.pruning.mask;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import java.nio.FloatBuffer;

/** The score vector a [N]: |gamma| of every batch-norm channel (specification 1.2). */
public final class ChannelScores {
  private final BatchNormChannels channels;
  private final float[] scores;

  private ChannelScores(BatchNormChannels channels, float[] scores) {
    this.channels = channels;
    this.scores = scores;
  }

  /**
   * The scores of a network.
   *
   * @throws IllegalArgumentException if the network has no batch norm
   * @throws ArithmeticException if a gamma is NaN; the message names layer and channel
   */
  public static ChannelScores of(Network network, Parameters parameters) {
    BatchNormChannels channels = BatchNormChannels.of(network);
    if (channels.total() == 0) {
      throw new IllegalArgumentException(
          "Cannot score channels of "
              + network
              + ": it has no batch norm; take a network with batch norm or sparsity.policy=dense");
    }
    float[] scores = new float[channels.total()];
    for (BatchNormChannels.Layer layer : channels.layers()) {
      FloatBuffer gamma = parameters.slice(layer.node().gamma());
      for (int c = 0; c < layer.count(); c++) {
        scores[layer.offset() + c] = Math.abs(requireNumber(gamma.get(c), layer, c));
      }
    }
    return new ChannelScores(channels, scores);
  }

  private static float requireNumber(float gamma, BatchNormChannels.Layer layer, int channel) {
    if (Float.isNaN(gamma)) {
      throw new ArithmeticException(
          "Cannot score channel "
              + channel
              + " of "
              + layer.node().name()
              + ": gamma is NaN; the training has diverged, lower the learning rate");
    }
    return gamma;
  }

  /** Which channel belongs to which layer. */
  public BatchNormChannels channels() {
    return channels;
  }

  /** Number of channels, N. */
  public int length() {
    return scores.length;
  }

  /** Score of one channel, at least 0. */
  public float score(int channel) {
    return scores[channel];
  }
}
