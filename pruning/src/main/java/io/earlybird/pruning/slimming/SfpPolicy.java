package io.earlybird.pruning.slimming;

import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.Ticket;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import java.util.List;
import java.util.OptionalInt;

/** Sets filters to zero between epochs, and cuts them out after the last one. */
final class SfpPolicy implements Policy {
  private final TrainingRecipe recipe;
  private final SfpOptions options;

  SfpPolicy(TrainingRecipe recipe, SfpOptions options) {
    this.recipe = recipe;
    this.options = options;
  }

  @Override
  public String name() {
    return "sfp";
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    Mask kept = SoftFilters.of(state.network(), options.keepRate()).zero(state.parameters());
    if (state.completedEpochs() < recipe.epochs()) {
      return Transition.to(state, this, List.of());
    }
    Cut cut = ChannelSurgery.cut(state.network(), state.parameters(), kept, options.surgery());
    Ticket ticket =
        new Ticket(
            cut.network(),
            cut.parameters(state.parameters()),
            cut.momentum(state.momentum()),
            cut.held(state.held()));
    TrainingState next = state.switched(ticket, PolicyMemory.empty());
    String mode = options.surgery().rule().settingName();
    double ratio = 1 - options.keepRate();
    PolicyEvent event = PolicyEvent.Switched.of(state, ticket, ratio, mode);
    return Transition.to(next, this, List.of(event));
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
