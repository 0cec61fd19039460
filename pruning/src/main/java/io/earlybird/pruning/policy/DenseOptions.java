package io.earlybird.pruning.policy;

/**
 * Settings of the policy that changes nothing: there are none. Gammas are not pushed towards zero
 * either.
 */
public record DenseOptions() implements PolicyOptions {
  @Override
  public Policy create(TrainingRecipe recipe) {
    return new DensePolicy(recipe);
  }
}
