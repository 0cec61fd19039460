package io.earlybird.pruning.iterative;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;

/**
 * Settings of lottery tickets (Frankle and Carbin 2019, arXiv 1803.03635; Frankle et al. 2020;
 * specification 6.1): train, mask the smallest weights, rewind the others, train again.
 *
 * @param sparsity S in [0, 1) after the last round
 * @param rounds 1 for one shot
 * @param rewindEpoch completed epochs whose values are gone back to; 0 for the initial ones
 * @param scope what may be pruned
 * @param rule how many go in a round
 */
public record LotteryTicketOptions(
    double sparsity, int rounds, int rewindEpoch, Scope scope, MagnitudePruning.Rule rule)
    implements PolicyOptions {
  public LotteryTicketOptions {
    PrunableWeights.requireSparsity(sparsity);
    if (rounds < 1 || rewindEpoch < 0) {
      throw new IllegalArgumentException(
          "Invalid lottery ticket of "
              + rounds
              + " rounds rewound to epoch "
              + rewindEpoch
              + ": must be at least 1 round and epoch 0");
    }
  }

  @Override
  public Policy create(TrainingRecipe recipe) {
    if (rewindEpoch >= recipe.epochs()) {
      throw new IllegalArgumentException(
          "Invalid rewind epoch "
              + rewindEpoch
              + " of a training of "
              + recipe.epochs()
              + " epochs: must be smaller");
    }
    return new LotteryTicketPolicy(recipe, this);
  }

  @Override
  public void requireFits(Network network) {
    PrunableWeights weights = PrunableWeights.of(ParameterLayout.of(network), scope);
    weights.left(sparsity);
    new MagnitudePruning(weights, rule).requireLeft(fraction(), rounds);
  }

  double fraction() {
    return IterativePruning.fraction(sparsity, rounds);
  }
}
