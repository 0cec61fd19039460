package io.earlybird.pruning.dynamic;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.weights.PrunableWeights;

/**
 * Settings of sparse momentum (Dettmers and Zettlemoyer 2019, arXiv 1907.04840; specification 4).
 *
 * <p>The momentum of inactive weights goes on, so that it can tell which of them to grow; a weight
 * that is dropped and grown again keeps its value. The released code decays the rate per iteration,
 * which is the same at the end of an epoch; it updates the masks after the last epoch in its
 * ImageNet scripts, where nothing is trained with them any more: here it does not.
 *
 * @param sparsity what is dropped and grown
 */
public record SparseMomentumOptions(DynamicSparsity sparsity) implements PolicyOptions {
  @Override
  public Policy create(TrainingRecipe recipe) {
    sparsity.requireFits(recipe.epochs());
    return new DynamicSparsityPolicy("sparse-momentum", recipe, sparsity, HeldMomentum.GOES_ON);
  }

  @Override
  public void requireFits(Network network) {
    requireFits(sparsity, network);
  }

  static void requireFits(DynamicSparsity sparsity, Network network) {
    sparsity.start().requireFits(PrunableWeights.of(ParameterLayout.of(network), sparsity.scope()));
  }
}
