package io.earlybird.pruning.iterative;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.schedule.Restarted;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Trains to the end, masks the smallest weights, goes back to earlier values and trains again from
 * there with the mask and the recipe's schedule from that epoch on.
 */
final class LotteryTicketPolicy implements Policy {
  private static final String NAME = "lottery-ticket";
  private static final String REWIND = "rewind";

  /**
   * What is remembered, beside the values to go back to.
   *
   * @param number 0 before the first pruning
   * @param start completed epochs at which it began
   */
  record Round(int number, int start) {}

  private final TrainingRecipe recipe;
  private final LotteryTicketOptions options;

  LotteryTicketPolicy(TrainingRecipe recipe, LotteryTicketOptions options) {
    this.recipe = recipe;
    this.options = options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    TrainingState seen =
        state.completedEpochs() == 0
            ? state.remembering(PolicyMemory.of(new Round(0, 0), Map.of()))
            : state;
    Round round = round(seen);
    if (round.number() == 0 && seen.completedEpochs() == options.rewindEpoch()) {
      float[] values = seen.parameters().values().clone();
      TrainingState kept = seen.remembering(PolicyMemory.of(round, Map.of(REWIND, values)));
      return Transition.to(kept, this, List.of());
    }
    if (round.number() == options.rounds() || seen.completedEpochs() < end(round)) {
      return Transition.to(seen, this, List.of());
    }
    return rewind(seen, round);
  }

  private Transition rewind(TrainingState state, Round before) {
    ParameterLayout layout = state.parameters().layout();
    PrunableWeights weights = PrunableWeights.of(layout, options.scope());
    HeldEntries held =
        new MagnitudePruning(weights, options.rule())
            .prune(state.parameters().values(), state.held(), options.fraction());
    Map<String, float[]> kept = state.memory().tensors();
    Parameters values = new Parameters(layout, kept.get(REWIND).clone());
    Round round = new Round(before.number() + 1, state.completedEpochs());
    boolean last = round.number() == options.rounds();
    TrainingState next =
        state
            .restarting(values)
            .holding(held, Phase.RETRAIN)
            .remembering(PolicyMemory.of(round, last ? Map.of() : kept));
    return Transition.to(next, this, List.of(Pruned.of(state, NAME, weights, held)));
  }

  private Round round(TrainingState state) {
    return state.memory().document(Round.class, NAME);
  }

  private int end(Round round) {
    int epochs = recipe.epochs() - (round.number() == 0 ? 0 : options.rewindEpoch());
    return round.start() + epochs;
  }

  private int epochs() {
    return recipe.epochs() + options.rounds() * (recipe.epochs() - options.rewindEpoch());
  }

  @Override
  public Plan plan(TrainingState state) {
    Round round = round(state);
    Schedule schedule =
        round.number() == 0
            ? recipe.schedule()
            : new Restarted(recipe.schedule(), round.start() - options.rewindEpoch());
    StepRule rule = recipe.rule().withHeld(state.held());
    return Plan.until(epochs(), state, rule, schedule, recipe.precision());
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(epochs());
  }
}
