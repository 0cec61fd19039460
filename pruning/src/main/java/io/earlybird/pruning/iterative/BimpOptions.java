package io.earlybird.pruning.iterative;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.schedule.LinearDecay;
import io.earlybird.pruning.schedule.RateRecord;

/**
 * Settings of budgeted iterative magnitude pruning (Zimmer et al. 2023, arXiv 2111.00843;
 * specification 3.5): a dense training of T0 epochs whose rate falls linearly to 0, then J cycles
 * of pruning and retraining in the rest of the budget. The epochs of the recipe are the whole
 * budget, its schedule is not used.
 *
 * @param pruning how much, how often, how retrained; ALLR in the paper
 * @param initialEpochs T0, at least 1
 * @param learningRate with which the dense training begins
 */
public record BimpOptions(IterativePruning pruning, int initialEpochs, double learningRate)
    implements PolicyOptions {
  @Override
  public Policy create(TrainingRecipe recipe) {
    int left = recipe.epochs() - initialEpochs;
    if (left < 1) {
      throw new IllegalArgumentException(
          "Invalid initial epochs "
              + initialEpochs
              + " of a budget of "
              + recipe.epochs()
              + ": must leave some for retraining");
    }
    pruning.requireBudget(left);
    RateRecord dense = new RateRecord(new LinearDecay(learningRate, initialEpochs), initialEpochs);
    return new IterativePolicy("bimp", recipe, dense, pruning, left);
  }

  @Override
  public void requireFits(Network network) {
    pruning.requireFits(ParameterLayout.of(network));
  }
}
