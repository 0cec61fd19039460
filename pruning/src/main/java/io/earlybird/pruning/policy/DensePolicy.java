package io.earlybird.pruning.policy;

import java.util.List;
import java.util.OptionalInt;

/** Trains the dense network to the end. */
final class DensePolicy implements Policy {
  private final TrainingRecipe recipe;

  DensePolicy(TrainingRecipe recipe) {
    this.recipe = recipe;
  }

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    return Transition.to(state, this, List.of());
  }

  @Override
  public Plan plan(TrainingState state) {
    return Plan.following(recipe, state, recipe.rule());
  }

  @Override
  public OptionalInt horizon() {
    return recipe.schedule().horizon();
  }
}
