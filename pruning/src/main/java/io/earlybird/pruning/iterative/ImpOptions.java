package io.earlybird.pruning.iterative;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.schedule.RateRecord;

/**
 * Settings of iterative magnitude pruning (Han et al. 2015; Renda et al. 2020; specification 3.4):
 * the recipe's dense training, then cycles of pruning and retraining. One cycle is global magnitude
 * pruning with masks held by every step.
 *
 * @param pruning how much, how often, how retrained
 * @param retrainEpochs of all cycles together, at least 0
 */
public record ImpOptions(IterativePruning pruning, int retrainEpochs) implements PolicyOptions {
  public ImpOptions {
    if (retrainEpochs < 0) {
      throw new IllegalArgumentException(
          "Invalid retraining epochs " + retrainEpochs + ": must be at least 0");
    }
    pruning.requireBudget(retrainEpochs);
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    RateRecord dense = new RateRecord(recipe.schedule(), recipe.epochs());
    return new IterativePolicy("imp", recipe, dense, pruning, retrainEpochs);
  }

  @Override
  public void requireFits(Network network) {
    pruning.requireFits(ParameterLayout.of(network));
  }
}
