package io.earlybird.pruning.saliency;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of SNIP (Lee et al. 2019, arXiv 1810.02340; specification 6.2): one mask from the
 * saliency |w * dL/dw| at the initial values, then training with it.
 *
 * <p>The original evaluates batch norm with running statistics for the saliency, and ranks biases
 * too; here batch norm uses the statistics of the batches, as in training, and only weights go.
 *
 * @param sparsity S in [0, 1)
 * @param batches of all replicas, over which the gradient is averaged, at least 1
 * @param scope what may be pruned
 */
public record SnipOptions(double sparsity, int batches, Scope scope) implements PolicyOptions {
  public SnipOptions {
    PrunableWeights.requireSparsity(sparsity);
    if (batches < 1) {
      throw new IllegalArgumentException("Invalid batches " + batches + ": must be at least 1");
    }
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    return new SnipPolicy(recipe, this);
  }

  @Override
  public void requireFits(Network network) {
    PrunableWeights.of(ParameterLayout.of(network), scope).left(sparsity);
  }
}
