package io.earlybird.pruning.stable;

import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.TopGradient;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of global sparse momentum (Ding et al. 2019, arXiv 1909.12778; specification 6.12): as
 * many weights as remain in the end, those of largest |w * gradient|, get the gradient of a step;
 * decay and a high momentum do the rest.
 *
 * @param sparsity S in [0, 1)
 * @param decay of prunable weights, at least 0, beside that of all parameters
 * @param scope what may be pruned
 */
public record GsmOptions(double sparsity, double decay, Scope scope) implements StableOptions {
  public GsmOptions {
    PrunableWeights.requireSparsity(sparsity);
  }

  @Override
  public String name() {
    return "gsm";
  }

  @Override
  public Reparametrization reparametrization(
      PrunableWeights weights, int completedEpochs, int epochs) {
    return new TopGradient(weights.names(), weights.left(sparsity), decay);
  }
}
