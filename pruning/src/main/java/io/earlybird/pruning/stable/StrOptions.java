package io.earlybird.pruning.stable;

import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.SoftThreshold;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of soft threshold reparametrization (Kusupati et al. 2020, arXiv 2002.03231;
 * specification 6.9): each layer learns how far its weights are shrunk.
 *
 * <p>The paper steers the sparsity by decay and initial value alone; here the pruning at the end
 * masks what is missing to S.
 *
 * @param sparsity S in [0, 1)
 * @param initial a of every layer before the first step; the threshold is sigmoid(a)
 * @param thresholdDecay decay of a, at least 0, beside that of all parameters
 * @param scope what may be pruned
 */
public record StrOptions(double sparsity, double initial, double thresholdDecay, Scope scope)
    implements StableOptions {
  public StrOptions {
    PrunableWeights.requireSparsity(sparsity);
    if (!Double.isFinite(initial)) {
      throw new IllegalArgumentException(
          "Invalid initial threshold " + initial + ": must be a number");
    }
  }

  @Override
  public String name() {
    return "str";
  }

  @Override
  public Reparametrization reparametrization(
      PrunableWeights weights, int completedEpochs, int epochs) {
    return new SoftThreshold(weights.names(), initial, thresholdDecay);
  }
}
