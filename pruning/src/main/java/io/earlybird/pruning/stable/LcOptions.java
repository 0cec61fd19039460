package io.earlybird.pruning.stable;

import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.SelectiveDecay;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of learning-compression (Carreira-Perpinan and Idelbayev 2018) as the released code of
 * Zimmer et al. 2023, arXiv 2111.00843, simplifies it (specification 6.13): as many weights as
 * remain in the end, the largest, are free of decay.
 *
 * @param sparsity S in [0, 1)
 * @param decay of the smallest weights at the start of the run, at least 0, beside that of all
 *     parameters
 * @param growth that decay at the end of the run by that at its start, at least 1; the original's
 *     weight of the distance to pruned weights grows as well
 * @param scope what may be pruned
 */
public record LcOptions(double sparsity, double decay, double growth, Scope scope)
    implements StableOptions {
  public LcOptions {
    PrunableWeights.requireSparsity(sparsity);
  }

  @Override
  public String name() {
    return "lc";
  }

  @Override
  public Reparametrization reparametrization(
      PrunableWeights weights, int completedEpochs, int epochs) {
    return new SelectiveDecay(weights.names(), weights.left(sparsity), decay, growth, epochs, 0);
  }
}
