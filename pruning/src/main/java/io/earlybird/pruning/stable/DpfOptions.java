package io.earlybird.pruning.stable;

import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.weights.CubicSparsity;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of dynamic pruning with feedback (Lin et al. 2020, arXiv 2006.07253; specification 6.7):
 * the passes see masked weights, the update goes to dense ones, so that a mask can take back what
 * it did. The sparsity of the mask grows along the cubic of gradual magnitude pruning.
 *
 * <p>Masks are those of a replica: made from the averaged weights at the start of a round, and from
 * its own after every {@code maskSteps} steps of a round.
 *
 * @param curve s(t)
 * @param maskSteps steps that a mask lasts, at least 1; 16 in the original
 * @param scope what may be pruned
 */
public record DpfOptions(CubicSparsity curve, int maskSteps, Scope scope) implements StableOptions {
  public DpfOptions {
    if (maskSteps < 1) {
      throw new IllegalArgumentException(
          "Invalid steps of a mask " + maskSteps + ": must be at least 1");
    }
  }

  @Override
  public String name() {
    return "dpf";
  }

  @Override
  public double sparsity() {
    return curve.sparsity();
  }

  @Override
  public Reparametrization reparametrization(
      PrunableWeights weights, int completedEpochs, int epochs) {
    double now = curve.after(curve.newest(completedEpochs, epochs), epochs);
    return new MagnitudeMask(weights.names(), (int) (now * weights.count()), maskSteps);
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    curve.requireFits(recipe.epochs());
    return StableOptions.super.create(recipe);
  }
}
