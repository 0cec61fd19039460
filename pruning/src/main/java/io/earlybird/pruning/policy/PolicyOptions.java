package io.earlybird.pruning.policy;

/** Settings of one policy. */
public sealed interface PolicyOptions permits DenseOptions, EarlyBirdOptions {
  /** The policy for a run. */
  Policy create(TrainingRecipe recipe);
}
