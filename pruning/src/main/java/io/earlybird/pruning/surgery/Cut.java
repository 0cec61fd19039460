package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A smaller network and the map that cuts everything that has the layout of the dense one.
 *
 * <p>Value i of the small layout is value {@code source(i)} of the dense layout, for trainable
 * values and running statistics alike. Members that are masked but kept by their group become zero
 * in values and momentum.
 */
public final class Cut {
  private final Network network;
  private final ParameterLayout layout;
  private final int[] sources;
  private final HeldEntries zeroed;
  private final HeldEntries masked;
  private final Zeroed treatment;
  private final Map<String, Integer> keptChannels;

  Cut(
      Network network,
      int[] sources,
      HeldEntries zeroed,
      HeldEntries masked,
      Zeroed treatment,
      Map<String, Integer> keptChannels) {
    this.network = network;
    this.layout = ParameterLayout.of(network);
    this.sources = sources;
    this.zeroed = zeroed;
    this.masked = masked;
    this.treatment = treatment;
    this.keptChannels = Collections.unmodifiableMap(new LinkedHashMap<>(keptChannels));
  }

  /** The small network. */
  public Network network() {
    return network;
  }

  /** Width of each batch norm of the small network, in order. */
  public Map<String, Integer> keptChannels() {
    return keptChannels;
  }

  /** Index in the dense layout of value {@code i} of the small one. */
  public int source(int i) {
    return sources[i];
  }

  /** Gammas and betas of the small network that are masked but kept, whatever becomes of them. */
  public HeldEntries zeroed() {
    return zeroed;
  }

  /**
   * Gammas and betas of the dense network that are masked. The masked dense network, which has them
   * at zero, computes the function of the small one (specification 2.1). Channels that a minimum
   * width or a channel multiple has brought back are not among them.
   */
  public HeldEntries masked() {
    return masked;
  }

  /** The small network's values, running statistics included. */
  public Parameters parameters(Parameters dense) {
    return gather(dense.values());
  }

  /** The small network's momentum; zeroed entries have none. */
  public Parameters momentum(Parameters dense) {
    return gather(dense.values());
  }

  /** The same for any numbers in the dense layout. */
  public double[] values(double[] dense) {
    double[] small = new double[sources.length];
    for (int i = 0; i < small.length; i++) {
      small[i] = zeroed.holds(i) ? 0 : dense[sources[i]];
    }
    return small;
  }

  /** What the steps of the small network hold, given what those of the dense one held. */
  public HeldEntries held(HeldEntries dense) {
    BitSet held = treatment == Zeroed.FROZEN ? zeroed.toBitSet() : new BitSet();
    for (int i = 0; i < layout.trainableLength(); i++) {
      if (dense.holds(sources[i])) {
        held.set(i);
      }
    }
    return HeldEntries.of(held);
  }

  private Parameters gather(float[] dense) {
    float[] small = new float[sources.length];
    for (int i = 0; i < small.length; i++) {
      small[i] = dense[sources[i]];
    }
    zeroed.zero(small);
    return new Parameters(layout, small);
  }
}
