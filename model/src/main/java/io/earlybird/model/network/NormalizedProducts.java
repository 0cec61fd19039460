package io.earlybird.model.network;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which batch norms are cheaper to train from the covariance of what their convolution reads than
 * from what it puts out.
 *
 * <p>A 1x1 convolution y = W x of [pixels, I] is linear, so that the mean of y is W mean(x) and its
 * variance the diagonal of W cov(x) W'; the gradients follow from products of the same extents, and
 * no pass over [pixels, O] remains. That pays where O is wide and I narrow: residual branches that
 * end in a batch norm.
 */
public final class NormalizedProducts {
  /**
   * Most I I for each of O: the products cost about 4 I I [pixels] operations, in place of twelve
   * passes over [pixels, O].
   */
  private static final int SQUARES_PER_OUTPUT = 48;

  private NormalizedProducts() {}

  /** The batch norms, by the name of the convolution that each of them alone reads. */
  public static Map<String, BatchNorm> of(Network network) {
    Map<String, BatchNorm> found = new LinkedHashMap<>();
    for (BatchNorm batchNorm : network.nodes(BatchNorm.class)) {
      if (network.node(batchNorm.source()) instanceof Convolution convolution
          && network.readers(convolution.name()).size() == 1
          && product(convolution)
          && pays(network, convolution)
          && !rectified(network, batchNorm)) {
        found.put(convolution.name(), batchNorm);
      }
    }
    return found;
  }

  private static boolean product(Convolution convolution) {
    return convolution.kernel() == 1
        && convolution.stride() == 1
        && convolution.padding() == 0
        && !convolution.bias();
  }

  /** An image of fewer pixels than channels would tell little of their covariance by itself. */
  private static boolean pays(Network network, Convolution convolution) {
    Shape source = network.shape(convolution.source());
    long in = source.channels();
    return in <= source.pixels()
        && in * in <= (long) SQUARES_PER_OUTPUT * convolution.outChannels();
  }

  /** A rectifier of its own goes through the batch norm at no price. */
  private static boolean rectified(Network network, BatchNorm batchNorm) {
    return network.readers(batchNorm.name()).stream()
        .anyMatch(reader -> network.node(reader) instanceof Relu);
  }
}
