package io.earlybird.pruning.dynamic;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.weights.Choice;
import io.earlybird.pruning.weights.Choice.Among;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One update of the masks of all layers: drop, redistribute, grow (Dettmers and Zettlemoyer 2019,
 * arXiv 1907.04840, Algorithm 1; specification 4.6).
 *
 * <p>Where the released code ranks active entries too, candidates are the active entries when
 * weights are dropped and the inactive ones when they are grown, ties by the lowest index.
 *
 * @param weights that may be inactive
 * @param drop which are dropped
 * @param redistribution which layers grow how many
 * @param growth which are grown; all but one choose the largest |score| of the layer
 */
record MaskUpdate(
    PrunableWeights weights, Drop drop, Redistribution redistribution, Growth growth) {
  private static final double MOST = 0.99;
  private static final double NEARLY_FULL = 0.2;

  /**
   * Statistics of a layer (steps 1 to 3).
   *
   * @param active number of active weights
   * @param share u_l
   * @param drops r_l
   */
  record Layer(int active, double share, int drops) {}

  /**
   * The new masks.
   *
   * @param values w, in the layout
   * @param velocity v, same layout
   * @param scores of growth: the largest magnitude grows first
   * @param held what is inactive
   * @param rate p in (0, 1)
   * @param correction adj, weights beyond the dropped ones
   * @return what is inactive afterwards
   */
  HeldEntries apply(
      float[] values,
      float[] velocity,
      float[] scores,
      HeldEntries held,
      double rate,
      double correction) {
    List<ParameterLayout.Entry> entries = weights.layers();
    List<Layer> layers = statistics(values, velocity, held, rate);
    int[] drops = layers.stream().mapToInt(Layer::drops).toArray();
    BitSet dropped = drop.choose(values, entries, held, drops);
    BitSet inactive = held.toBitSet();
    inactive.or(dropped);
    int[] grown = grown(layers, dropped, correction);
    HeldEntries candidates = HeldEntries.of(inactive);
    for (int l = 0; l < grown.length; l++) {
      inactive.andNot(grown(scores, entries.get(l), candidates, grown[l]));
    }
    return HeldEntries.of(inactive);
  }

  private BitSet grown(
      float[] scores, ParameterLayout.Entry layer, HeldEntries candidates, int count) {
    return growth == Growth.MOMENTUM_NEURON
        ? NeuronGrowth.grown(scores, layer, candidates, count)
        : Choice.of(scores, List.of(layer), candidates, Among.INACTIVE).largest(count);
  }

  List<Layer> statistics(float[] values, float[] velocity, HeldEntries held, double rate) {
    int count = weights.layers().size();
    int[] active = new int[count];
    double[] importance = new double[count];
    double sum = 0;
    for (int l = 0; l < count; l++) {
      ParameterLayout.Entry layer = weights.layers().get(l);
      active[l] = PrunableWeights.active(layer, held);
      importance[l] =
          switch (redistribution) {
            case MOMENTUM -> mean(velocity, layer, held, active[l]);
            case MAGNITUDE -> mean(values, layer, held, active[l]);
            case NONZERO, FIXED -> active[l];
            case NONE -> layer.length();
          };
      sum += importance[l];
    }
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      double share = sum == 0 ? 0 : importance[l] / sum;
      int length = weights.layers().get(l).length();
      layers.add(new Layer(active[l], share, drops(active[l], length, share > 1.0 / count, rate)));
    }
    return layers;
  }

  /** r_l: nearly full layers that still grow are pruned less. */
  private int drops(int active, int length, boolean growing, double rate) {
    double sparsity = (double) (length - active) / length;
    boolean less = redistribution != Redistribution.FIXED && sparsity < NEARLY_FULL && growing;
    return (int) Math.ceil((less ? Math.min(sparsity, rate) : rate) * active);
  }

  private static double mean(
      float[] values, ParameterLayout.Entry layer, HeldEntries held, int active) {
    double sum = 0;
    int end = layer.end();
    for (int i = held.nextFree(layer.offset()); i < end; i = held.nextFree(i + 1)) {
      sum += Math.abs(values[i]);
    }
    return active == 0 ? 0 : sum / active;
  }

  private int[] grown(List<Layer> layers, BitSet dropped, double correction) {
    int count = layers.size();
    int[] removed = new int[count];
    double[] caps = new double[count];
    int total = 0;
    for (int l = 0; l < count; l++) {
      ParameterLayout.Entry entry = weights.layers().get(l);
      removed[l] = dropped.get(entry.offset(), entry.end()).cardinality();
      caps[l] = MOST * (entry.length() - layers.get(l).active() + removed[l]);
      total += removed[l];
    }
    double[] shares = layers.stream().mapToDouble(Layer::share).toArray();
    return redistribution == Redistribution.FIXED
        ? removed
        : Redistribution.grown(shares, total + correction, caps);
  }
}
