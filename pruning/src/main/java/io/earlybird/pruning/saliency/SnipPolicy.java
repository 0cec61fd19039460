package io.earlybird.pruning.saliency;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.weights.Choice;
import io.earlybird.pruning.weights.Choice.Among;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/** Masks once, from a gradient on the first batches. */
final class SnipPolicy implements Policy {
  private static final String NAME = "snip";

  private final TrainingRecipe recipe;
  private final SnipOptions options;

  SnipPolicy(TrainingRecipe recipe, SnipOptions options) {
    this.recipe = recipe;
    this.options = options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    if (state.completedEpochs() > 0) {
      return Transition.to(state, this, List.of());
    }
    PrunableWeights weights = weights(state);
    float[] gradient = probe.gradients(state, options.batches()).values();
    HeldEntries held =
        masked(state.parameters().values(), gradient, weights, weights.left(options.sparsity()));
    TrainingState masked = state.holding(held, state.phase());
    Pruned event = Pruned.of(masked, NAME, weights, held);
    return Transition.to(masked, this, List.of(event));
  }

  /**
   * All but the {@code kept} weights of the largest |w * g|, ties by the lowest index. kappa =
   * round(N * (1 - S)).
   */
  static HeldEntries masked(float[] values, float[] gradient, PrunableWeights weights, int kept) {
    float[] saliency = new float[values.length];
    BitSet inactive = new BitSet();
    for (ParameterLayout.Entry layer : weights.layers()) {
      for (int i = layer.offset(); i < layer.end(); i++) {
        saliency[i] = values[i] * gradient[i];
      }
      inactive.set(layer.offset(), layer.end());
    }
    inactive.andNot(
        Choice.of(saliency, weights.layers(), HeldEntries.none(), Among.EVERY).largest(kept));
    return HeldEntries.of(inactive);
  }

  private PrunableWeights weights(TrainingState state) {
    return PrunableWeights.of(state.parameters().layout(), options.scope());
  }

  @Override
  public Plan plan(TrainingState state) {
    return Plan.following(recipe, state, recipe.rule().withHeld(state.held()));
  }

  @Override
  public OptionalInt horizon() {
    return recipe.schedule().horizon();
  }

  /** Layers that have lost all their weights, a known failure of the method. */
  @Override
  public List<String> remarks(TrainingState state) {
    return weights(state).layers().stream()
        .filter(layer -> PrunableWeights.active(layer, state.held()) == 0)
        .map(layer -> "SNIP left " + layer.name() + " without a weight: lower the sparsity")
        .toList();
  }
}
