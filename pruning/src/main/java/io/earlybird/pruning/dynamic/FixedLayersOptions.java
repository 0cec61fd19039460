package io.earlybird.pruning.dynamic;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;

/**
 * Settings of the methods whose layers keep their number of active weights (specification 4.10):
 * SET, which grows at random (Mocanu et al. 2018, arXiv 1707.04780), and RigL, which grows by the
 * gradient of the moment (Evci et al. 2020, arXiv 1911.11134). Inactive weights have no momentum,
 * grown weights begin at 0.
 *
 * <p>RigL counts its intervals in steps; here masks change between epochs.
 *
 * @param name of the policy
 * @param sparsity what is dropped and grown
 */
public record FixedLayersOptions(String name, DynamicSparsity sparsity) implements PolicyOptions {
  @Override
  public Policy create(TrainingRecipe recipe) {
    sparsity.requireFits(recipe.epochs());
    return new DynamicSparsityPolicy(name, recipe, sparsity, HeldMomentum.ZERO);
  }

  @Override
  public void requireFits(Network network) {
    SparseMomentumOptions.requireFits(sparsity, network);
  }
}
