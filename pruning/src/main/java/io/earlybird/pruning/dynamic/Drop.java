package io.earlybird.pruning.dynamic;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.weights.Choice;
import io.earlybird.pruning.weights.Choice.Among;
import java.util.BitSet;
import java.util.List;

/** Which active weights are dropped (specification 4.6). */
public enum Drop {
  /** The smallest |w| of each layer. */
  MAGNITUDE,
  /** Of each layer, one half the smallest |w|, one half the most negative of the others. */
  SIGN,
  /** The smallest |w| of all layers together, as many as the layers would drop one by one. */
  GLOBAL_MAGNITUDE;

  /**
   * Chooses.
   *
   * @param counts r_l of each layer
   */
  BitSet choose(
      float[] values, List<ParameterLayout.Entry> layers, HeldEntries held, int[] counts) {
    BitSet dropped = new BitSet();
    if (this == GLOBAL_MAGNITUDE) {
      int total = 0;
      for (int count : counts) {
        total += count;
      }
      return Choice.of(values, layers, held, Among.ACTIVE).smallest(total);
    }
    for (int l = 0; l < counts.length; l++) {
      List<ParameterLayout.Entry> layer = List.of(layers.get(l));
      int smallest = this == SIGN ? counts[l] - counts[l] / 2 : counts[l];
      BitSet chosen = Choice.of(values, layer, held, Among.ACTIVE).smallest(smallest);
      if (this == SIGN) {
        chosen.or(mostNegative(values, layers.get(l), held, chosen, counts[l] / 2));
      }
      dropped.or(chosen);
    }
    return dropped;
  }

  /** Fewer than {@code count} where fewer are negative. */
  private static BitSet mostNegative(
      float[] values, ParameterLayout.Entry layer, HeldEntries held, BitSet taken, int count) {
    BitSet others = held.toBitSet();
    others.or(taken);
    int negative = 0;
    for (int i = layer.offset(); i < layer.end(); i++) {
      if (values[i] >= 0) {
        others.set(i);
      } else if (!others.get(i)) {
        negative++;
      }
    }
    return Choice.of(values, List.of(layer), HeldEntries.of(others), Among.ACTIVE)
        .largest(Math.min(count, negative));
  }
}
