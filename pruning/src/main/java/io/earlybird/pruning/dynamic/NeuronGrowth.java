package io.earlybird.pruning.dynamic;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.weights.Choice;
import io.earlybird.pruning.weights.Choice.Among;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The growth {@code momentum-neuron} of sparse momentum (Dettmers and Zettlemoyer 2019, arXiv
 * 1907.04840, released code; specification 4.6): output channel o of a layer grows q_o = floor(n *
 * m_o / sum m) of the layer's n weights, m_o the mean |v| of the channel, where its |v| is largest.
 *
 * <p>What rounding leaves, and what a channel without that many inactive weights cannot take, goes
 * to the largest |v| of the layer, so that n weights are grown; the released code leaves it out,
 * and grows nothing in channels whose q_o is below 10.
 */
final class NeuronGrowth {
  private NeuronGrowth() {}

  /**
   * The weights that are grown.
   *
   * @param velocity v, in the layout
   * @param layer weights [O, ...]
   * @param inactive candidates
   * @param count n, at most the layer's inactive weights
   */
  static BitSet grown(
      float[] velocity, ParameterLayout.Entry layer, HeldEntries inactive, int count) {
    int channels = layer.spec().shape().get(0);
    int size = layer.length() / channels;
    double[] mass = new double[channels];
    double sum = 0;
    for (int o = 0; o < channels; o++) {
      for (int i = layer.offset() + o * size; i < layer.offset() + (o + 1) * size; i++) {
        mass[o] += Math.abs(velocity[i]);
      }
      sum += mass[o];
    }
    BitSet grown = new BitSet();
    for (int o = 0; o < channels && sum > 0; o++) {
      int quota = (int) Math.floor(count * mass[o] / sum);
      largest(velocity, layer.offset() + o * size, size, inactive, quota).forEach(grown::set);
    }
    BitSet left = inactive.toBitSet();
    left.andNot(grown);
    int rest = count - grown.cardinality();
    grown.or(
        Choice.of(velocity, List.of(layer), HeldEntries.of(left), Among.INACTIVE).largest(rest));
    return grown;
  }

  /** Inactive entries of a channel by |v| descending, then by index; at most so many. */
  private static IntStream largest(
      float[] velocity, int from, int size, HeldEntries inactive, int quota) {
    if (quota == 0) {
      return IntStream.empty();
    }
    // the bits of |v| are in the order of the numbers; the index breaks ties
    return IntStream.range(from, from + size)
        .filter(inactive::holds)
        .mapToLong(i -> ((long) ~Float.floatToRawIntBits(Math.abs(velocity[i])) << 32) | i)
        .sorted()
        .limit(quota)
        .mapToInt(key -> (int) key);
  }
}
