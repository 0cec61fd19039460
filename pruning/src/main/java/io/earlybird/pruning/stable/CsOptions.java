package io.earlybird.pruning.stable;

import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.SoftMask;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of continuous sparsification (Savarese et al. 2020, arXiv 1912.04427; specification
 * 6.11): each weight learns a soft mask, which becomes a hard one as its sharpness grows.
 *
 * <p>The paper steers the sparsity by penalty and initial value alone; here the pruning at the end
 * masks what is missing to S.
 *
 * @param sparsity S in [0, 1)
 * @param initial s of every weight before the first step; -0.1 to 0.1 in the paper
 * @param penalty lambda, at least 0: weight of the sum of soft masks in the loss
 * @param finalSharpness beta at the end, at least 1; 200 to 300 in the paper
 * @param scope what may be pruned
 */
public record CsOptions(
    double sparsity, double initial, double penalty, double finalSharpness, Scope scope)
    implements StableOptions {
  public CsOptions {
    PrunableWeights.requireSparsity(sparsity);
    if (!(Math.abs(initial) <= 1)) {
      throw new IllegalArgumentException(
          "Invalid initial mask " + initial + ": must be in [-1, 1]");
    }
    if (!(penalty >= 0 && Double.isFinite(penalty))) {
      throw new IllegalArgumentException("Invalid penalty " + penalty + ": must be at least 0");
    }
    if (!(finalSharpness >= 1 && Double.isFinite(finalSharpness))) {
      throw new IllegalArgumentException(
          "Invalid final sharpness " + finalSharpness + ": must be at least 1");
    }
  }

  @Override
  public String name() {
    return "cs";
  }

  @Override
  public Reparametrization reparametrization(
      PrunableWeights weights, int completedEpochs, int epochs) {
    return new SoftMask(weights.names(), initial, penalty, finalSharpness, epochs, 1)
        .after(completedEpochs);
  }
}
