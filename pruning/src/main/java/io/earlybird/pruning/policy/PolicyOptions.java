package io.earlybird.pruning.policy;

import io.earlybird.model.network.Network;

/** Settings of one policy. */
public interface PolicyOptions {
  /**
   * The policy for a run.
   *
   * @throws IllegalArgumentException if the settings do not fit the recipe
   */
  Policy create(TrainingRecipe recipe);

  /**
   * Fails if the settings make no sense for a network, for example because nothing would be left of
   * it.
   *
   * @throws IllegalArgumentException with the values and the remedy
   */
  default void requireFits(Network network) {}

  /**
   * The network that training begins with: the dense one, and what the policy trains besides.
   *
   * @throws IllegalArgumentException if the network does not fit
   */
  default Network begun(Network dense) {
    return dense;
  }
}
