package io.earlybird.pruning.dynamic;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.random.Seeds;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** Draws masks before the first epoch, and changes them between epochs. */
final class DynamicSparsityPolicy implements Policy {
  private static final int PROBE_BATCHES = 1;
  private static final double OLD = 0.25;

  /**
   * What is remembered. After an update that leaves e = B* - active weights, adj becomes 0.25 * adj
   * + 0.75 * e + mean of all e (specification 4.6, step 7).
   *
   * @param adj weights to grow beyond the dropped ones
   * @param errors sum of all e
   * @param updates number of them
   */
  record Correction(double adj, double errors, int updates) {
    Correction after(double error) {
      double sum = errors + error;
      int count = updates + 1;
      return new Correction(OLD * adj + (1 - OLD) * error + sum / count, sum, count);
    }
  }

  private final String name;
  private final TrainingRecipe recipe;
  private final DynamicSparsity sparsity;
  private final HeldMomentum heldMomentum;

  DynamicSparsityPolicy(
      String name, TrainingRecipe recipe, DynamicSparsity sparsity, HeldMomentum heldMomentum) {
    this.name = name;
    this.recipe = recipe;
    this.sparsity = sparsity;
    this.heldMomentum = heldMomentum;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    if (state.completedEpochs() == 0) {
      return begin(state);
    }
    if (!sparsity.updatesAfter(state.completedEpochs(), recipe.epochs())) {
      return Transition.to(state, this, List.of());
    }
    return update(state, probe);
  }

  private Transition begin(TrainingState state) {
    HeldEntries drawn = sparsity.start().held(weights(state), recipe.seed());
    TrainingState begun =
        state
            .holding(state.held().union(drawn), state.phase())
            .remembering(PolicyMemory.of(new Correction(0, 0, 0), Map.of()));
    return changed(begun);
  }

  private Transition update(TrainingState state, Probe probe) {
    PrunableWeights weights = weights(state);
    Correction correction = state.memory().document(Correction.class, name);
    float[] velocity = state.momentum().values();
    HeldEntries held =
        new MaskUpdate(weights, sparsity.drop(), sparsity.redistribution(), sparsity.growth())
            .apply(
                state.parameters().values(),
                velocity,
                scores(state, probe),
                state.held(),
                sparsity.rateAfter(state.completedEpochs(), recipe.epochs()),
                correction.adj());
    double error = sparsity.start().target(weights) - weights.active(held);
    TrainingState next =
        switch (heldMomentum) {
          case GOES_ON -> state.masking(held);
          case ZERO -> state.holding(held.union(state.held()), state.phase()).masking(held);
        };
    return changed(next.remembering(PolicyMemory.of(correction.after(error), Map.of())));
  }

  private float[] scores(TrainingState state, Probe probe) {
    return switch (sparsity.growth()) {
      case MOMENTUM, MOMENTUM_NEURON -> state.momentum().values();
      case GRADIENT -> probe.gradients(state, PROBE_BATCHES).values();
      case RANDOM -> lots(state);
    };
  }

  private float[] lots(TrainingState state) {
    float[] lots = new float[state.parameters().layout().trainableLength()];
    SplittableRandom random =
        Seeds.random(Seeds.derive(recipe.seed(), "growth"), state.completedEpochs());
    for (int i = 0; i < lots.length; i++) {
      lots[i] = (float) random.nextDouble();
    }
    return lots;
  }

  private Transition changed(TrainingState state) {
    Pruned event = Pruned.of(state, name, weights(state), state.held());
    return Transition.to(state, this, List.of(event));
  }

  private PrunableWeights weights(TrainingState state) {
    return PrunableWeights.of(state.parameters().layout(), sparsity.scope());
  }

  @Override
  public Plan plan(TrainingState state) {
    return Plan.following(
        recipe, state, recipe.rule().withHeld(state.held()).withHeldMomentum(heldMomentum));
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(recipe.epochs());
  }
}
