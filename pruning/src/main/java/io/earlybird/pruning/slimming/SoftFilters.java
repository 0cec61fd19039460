package io.earlybird.pruning.slimming;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The filters that soft pruning sets to zero: of each convolution the (int)(O * (1 - k)) of
 * smallest L2 norm, ties by the lowest index.
 *
 * @param network that has them
 * @param keepRate k
 * @param layers batch norm by convolution
 */
record SoftFilters(Network network, double keepRate, Map<Convolution, BatchNorm> layers) {
  /** Those of a network: convolutions that a batch norm follows, shortcuts left out. */
  static SoftFilters of(Network network, double keepRate) {
    Map<Convolution, BatchNorm> layers = new LinkedHashMap<>();
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      if (network.node(norm.sources().get(0)) instanceof Convolution convolution
          && !shortcut(network, convolution, norm)) {
        layers.put(convolution, norm);
      }
    }
    return new SoftFilters(network, keepRate, layers);
  }

  /** A 1x1 convolution whose input others read too, and whose batch norm is added as it is. */
  private static boolean shortcut(Network network, Convolution convolution, BatchNorm norm) {
    return convolution.kernel() == 1
        && readers(network, convolution.source()) > 1
        && network.nodes(Add.class).stream().anyMatch(add -> add.sources().contains(norm.name()));
  }

  private static long readers(Network network, String node) {
    return network.nodes().stream().filter(n -> n.sources().contains(node)).count();
  }

  /** Sets the filters to zero, in place, and tells which batch-norm channels are kept. */
  Mask zero(Parameters parameters) {
    BatchNormChannels channels = BatchNormChannels.of(network);
    BitSet kept = new BitSet();
    kept.set(0, channels.total());
    layers.forEach(
        (convolution, norm) -> {
          FloatBuffer kernel = parameters.slice(convolution.name() + ".weight");
          int offset = channels.layer(norm.name()).offset();
          for (int filter : smallest(kernel, convolution.outChannels(), keepRate)) {
            int size = kernel.capacity() / convolution.outChannels();
            for (int i = filter * size; i < (filter + 1) * size; i++) {
              kernel.put(i, 0);
            }
            kept.clear(offset + filter);
          }
        });
    return Mask.of(kept, channels.total());
  }

  /**
   * Indexes of the filters of smallest norm.
   *
   * @param kernel [O, I, k, k]
   * @param filters O
   */
  static int[] smallest(FloatBuffer kernel, int filters, double keepRate) {
    double[] squares = new double[filters];
    int size = kernel.capacity() / filters;
    for (int i = 0; i < kernel.capacity(); i++) {
      squares[i / size] += (double) kernel.get(i) * kernel.get(i);
    }
    return IntStream.range(0, filters)
        .boxed()
        .sorted(Comparator.comparingDouble(filter -> squares[filter]))
        .limit((int) (filters * (1 - keepRate)))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
