package io.earlybird.pruning.gradual;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.List;
import java.util.OptionalInt;

/** Masks more and more of the smallest weights while it trains. */
final class GmpPolicy implements Policy {
  private static final String NAME = "gmp";

  private final TrainingRecipe recipe;
  private final GmpOptions options;

  GmpPolicy(TrainingRecipe recipe, GmpOptions options) {
    this.recipe = recipe;
    this.options = options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    int number = state.completedEpochs() / options.everyEpochs();
    boolean due =
        state.completedEpochs() % options.everyEpochs() == 0
            && number >= 1
            && number <= options.prunings(recipe.epochs());
    if (!due) {
      return Transition.to(state, this, List.of());
    }
    PrunableWeights weights = PrunableWeights.of(state.parameters().layout(), options.scope());
    HeldEntries held =
        new MagnitudePruning(weights, MagnitudePruning.Rule.EXACT_K)
            .prune(
                state.parameters().values(),
                state.held(),
                options.fraction(number, recipe.epochs()));
    TrainingState masked = state.holding(held, state.phase());
    Pruned event = Pruned.of(masked, NAME, weights, held);
    return Transition.to(masked, this, List.of(event));
  }

  @Override
  public Plan plan(TrainingState state) {
    return Plan.following(recipe, state, recipe.rule().withHeld(state.held()));
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(recipe.epochs());
  }
}
