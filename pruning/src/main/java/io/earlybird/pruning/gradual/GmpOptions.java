package io.earlybird.pruning.gradual;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.weights.CubicSparsity;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of gradual magnitude pruning (Zhu and Gupta 2017, arXiv 1710.01878; specification 6.6).
 *
 * @param curve s(t)
 * @param mode what a pruning chooses among
 * @param scope what may be pruned
 */
public record GmpOptions(CubicSparsity curve, Mode mode, Scope scope) implements PolicyOptions {
  /** What a pruning chooses among. */
  public enum Mode {
    /** Among the active weights: what is masked stays so. */
    INCREMENTAL,
    /**
     * Among all weights: those that are masked come back first, with the values that they had, but
     * for the last pruning.
     */
    RECOVERING
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    curve.requireFits(recipe.epochs());
    return new GmpPolicy(recipe, this);
  }

  @Override
  public void requireFits(Network network) {
    PrunableWeights.of(ParameterLayout.of(network), scope).left(curve.sparsity());
  }
}
