package io.earlybird.pruning.stable;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.Reparametrization;
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
import java.util.OptionalInt;

/**
 * Gives the network what the method trains besides weights, has all steps follow the rule of the
 * method, and prunes after the last epoch (specification 6.14).
 */
final class StablePolicy implements Policy {
  private final TrainingRecipe recipe;
  private final StableOptions options;

  StablePolicy(TrainingRecipe recipe, StableOptions options) {
    this.recipe = recipe;
    this.options = options;
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    if (state.completedEpochs() == 0) {
      TrainingState begun = begin(state);
      return Transition.to(begun, this, List.of());
    }
    if (state.completedEpochs() < recipe.epochs()) {
      return Transition.to(state, this, List.of());
    }
    Finish finish = new Finish(options.sparsity(), options.scope());
    TrainingState pruned = finish.of(state, reparametrization(state));
    PrunableWeights weights = PrunableWeights.of(pruned.parameters().layout(), options.scope());
    Pruned event = Pruned.of(pruned, name(), weights, pruned.held());
    return Transition.to(pruned, this, List.of(event));
  }

  private TrainingState begin(TrainingState state) {
    Network network = options.begun(state.network());
    Parameters values = state.parameters().in(ParameterLayout.of(network));
    return TrainingState.initial(network, values);
  }

  @Override
  public Plan plan(TrainingState state) {
    StepRule rule = recipe.rule().withHeld(state.held());
    return Plan.following(
        recipe,
        state,
        state.completedEpochs() < recipe.epochs()
            ? rule.withReparametrization(reparametrization(state))
            : rule);
  }

  private Reparametrization reparametrization(TrainingState state) {
    PrunableWeights weights = PrunableWeights.of(state.parameters().layout(), options.scope());
    return options.reparametrization(weights, state.completedEpochs(), recipe.epochs());
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(recipe.epochs());
  }

  @Override
  public List<String> remarks(TrainingState state) {
    if (state.completedEpochs() < recipe.epochs() || state.memory().equals(PolicyMemory.empty())) {
      return List.of();
    }
    return List.of(state.memory().document(Finish.Report.class, name()).sentence(name()));
  }
}
