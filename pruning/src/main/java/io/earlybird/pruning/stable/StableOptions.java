package io.earlybird.pruning.stable;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/** Settings of a method that is a rule for every step and one pruning at the end. */
public sealed interface StableOptions extends PolicyOptions
    permits DpfOptions, DnwOptions, StrOptions, DstOptions, CsOptions, GsmOptions, LcOptions {
  /** Name in settings, for example {@code dpf}. */
  String name();

  /** S in [0, 1). */
  double sparsity();

  /** What may be pruned. */
  Scope scope();

  /**
   * What steps do.
   *
   * @param weights prunable ones
   * @param completedEpochs before the steps
   * @param epochs T
   */
  Reparametrization reparametrization(PrunableWeights weights, int completedEpochs, int epochs);

  @Override
  default Policy create(TrainingRecipe recipe) {
    return new StablePolicy(recipe, this);
  }

  @Override
  default void requireFits(Network network) {
    PrunableWeights.of(ParameterLayout.of(network), scope()).left(sparsity());
  }

  @Override
  default Network begun(Network dense) {
    ParameterLayout layout = ParameterLayout.of(dense);
    PrunableWeights weights = PrunableWeights.of(layout, scope());
    // what is trained besides does not depend on the length of the run
    Reparametrization rule = reparametrization(weights, 0, Integer.MAX_VALUE);
    return dense.withAuxiliaries(rule.auxiliaries(layout));
  }
}
