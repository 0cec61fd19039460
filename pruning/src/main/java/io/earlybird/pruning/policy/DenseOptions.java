package io.earlybird.pruning.policy;

/** Settings of the policy that changes nothing: there are none. */
public record DenseOptions() implements PolicyOptions {
  @Override
  public Policy create(TrainingRecipe recipe) {
    return new DensePolicy(recipe);
  }
}
