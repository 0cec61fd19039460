package io.earlybird.pruning.gradual;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of gradual magnitude pruning (Zhu and Gupta 2017, arXiv 1710.01878; specification 6.6):
 *
 * <pre>
 *   s(t) = S * (1 - (1 - t / (n * dt))^3)   after t = dt, 2 dt, ..., n dt epochs, n = T div dt - 1
 * </pre>
 *
 * Each pruning looks at the active weights only.
 *
 * @param sparsity S in [0, 1)
 * @param everyEpochs dt, at least 1, at most half of the run
 * @param scope what may be pruned
 */
public record GmpOptions(double sparsity, int everyEpochs, Scope scope) implements PolicyOptions {
  public GmpOptions {
    PrunableWeights.requireSparsity(sparsity);
    if (everyEpochs < 1) {
      throw new IllegalArgumentException(
          "Invalid pruning every " + everyEpochs + " epochs: must be at least 1");
    }
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    if (prunings(recipe.epochs()) < 1) {
      throw new IllegalArgumentException(
          "Invalid pruning every "
              + everyEpochs
              + " of "
              + recipe.epochs()
              + " epochs: must be half of them at most");
    }
    return new GmpPolicy(recipe, this);
  }

  @Override
  public void requireFits(Network network) {
    PrunableWeights.of(ParameterLayout.of(network), scope).left(sparsity);
  }

  /** n. */
  int prunings(int epochs) {
    return epochs / everyEpochs - 1;
  }

  /** s(t) after pruning {@code number} = t / dt, from 0. */
  double sparsityAfter(int number, int epochs) {
    double left = 1 - (double) number / prunings(epochs);
    return sparsity * (1 - left * left * left);
  }

  /** Fraction of the active weights that a pruning removes, number from 1. */
  double fraction(int number, int epochs) {
    return 1 - (1 - sparsityAfter(number, epochs)) / (1 - sparsityAfter(number - 1, epochs));
  }
}
