package io.earlybird.pruning.stable;

import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.UnitThreshold;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of dynamic sparse training (Liu et al. 2020, arXiv 2005.06870; specification 6.10): each
 * output unit learns the magnitude below which its weights are masked.
 *
 * <p>The paper steers the sparsity by the penalty alone; here the pruning at the end masks what is
 * missing to S.
 *
 * @param sparsity S in [0, 1)
 * @param penalty alpha, at least 0: weight of the sum of exp(-t) in the loss; 1e-6 to 5e-4 in the
 *     paper
 * @param scope what may be pruned
 */
public record DstOptions(double sparsity, double penalty, Scope scope) implements StableOptions {
  public DstOptions {
    PrunableWeights.requireSparsity(sparsity);
    if (!(penalty >= 0 && Double.isFinite(penalty))) {
      throw new IllegalArgumentException("Invalid penalty " + penalty + ": must be at least 0");
    }
  }

  @Override
  public String name() {
    return "dst";
  }

  @Override
  public Reparametrization reparametrization(
      PrunableWeights weights, int completedEpochs, int epochs) {
    return new UnitThreshold(weights.names(), penalty);
  }
}
