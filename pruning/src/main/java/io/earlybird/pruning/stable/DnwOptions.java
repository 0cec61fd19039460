package io.earlybird.pruning.stable;

import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of discovering neural wirings (Wortsman et al. 2019, arXiv 1906.00586; specification
 * 6.8): every forward pass uses the largest weights only, and the gradient goes to all of them.
 *
 * <p>One threshold for all layers; the original has one for each.
 *
 * @param sparsity S in [0, 1)
 * @param scope what may be pruned
 */
public record DnwOptions(double sparsity, Scope scope) implements StableOptions {
  public DnwOptions {
    PrunableWeights.requireSparsity(sparsity);
  }

  @Override
  public String name() {
    return "dnw";
  }

  @Override
  public Reparametrization reparametrization(
      PrunableWeights weights, int completedEpochs, int epochs) {
    return new MagnitudeMask(weights.names(), (int) (sparsity * weights.count()), 1);
  }
}
