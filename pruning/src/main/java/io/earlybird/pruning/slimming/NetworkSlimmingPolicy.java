package io.earlybird.pruning.slimming;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.random.Seeds;
import io.earlybird.pruning.mask.ChannelRanking;
import io.earlybird.pruning.mask.ChannelScores;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Inherit;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.Ticket;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.schedule.Restarted;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import java.util.List;
import java.util.OptionalInt;

/** Cuts once after the last epoch of the recipe, and retrains without the old momentum. */
final class NetworkSlimmingPolicy implements Policy {
  private final TrainingRecipe recipe;
  private final NetworkSlimmingOptions options;
  private final Schedule retraining;

  NetworkSlimmingPolicy(
      TrainingRecipe recipe, NetworkSlimmingOptions options, Schedule retraining) {
    this.recipe = recipe;
    this.options = options;
    this.retraining = new Restarted(retraining, recipe.epochs());
  }

  @Override
  public String name() {
    return "network-slimming";
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    if (state.phase() == Phase.RETRAIN || state.completedEpochs() < recipe.epochs()) {
      return Transition.to(state, this, List.of());
    }
    Ticket ticket = draw(state);
    TrainingState next = state.switched(ticket, PolicyMemory.empty());
    String mode = options.surgery().rule().settingName();
    PolicyEvent event = PolicyEvent.Switched.of(state, ticket, options.ratio(), mode);
    return Transition.to(next, this, List.of(event));
  }

  private Ticket draw(TrainingState state) {
    Mask mask =
        ChannelRanking.of(ChannelScores.of(state.network(), state.parameters()))
            .mask(options.ratio(), options.maskRule());
    Cut cut = ChannelSurgery.cut(state.network(), state.parameters(), mask, options.surgery());
    Network network = cut.network();
    boolean fresh = options.inherit() == Inherit.REINIT;
    Parameters values =
        fresh
            ? Initialization.draw(network, Seeds.derive(recipe.seed(), "slimmed"))
            : cut.parameters(state.parameters());
    HeldEntries held = fresh ? HeldEntries.none() : cut.held(state.held());
    return new Ticket(network, values, Parameters.zeros(values.layout()), held);
  }

  @Override
  public Plan plan(TrainingState state) {
    boolean search = state.phase() == Phase.SEARCH;
    double gammaL1 = search ? options.gammaL1() : options.retrainGammaL1();
    StepRule rule = recipe.rule().withGammaL1(gammaL1).withHeld(state.held());
    int epochs = recipe.epochs() + options.retrainEpochs();
    Schedule schedule = search ? recipe.schedule() : retraining;
    return Plan.until(epochs, state, rule, schedule, recipe.precision());
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(recipe.epochs() + options.retrainEpochs());
  }
}
