package io.earlybird.pruning.iterative;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.schedule.RateRecord;
import io.earlybird.pruning.schedule.Restarted;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.NormDrop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Trains densely, then prunes and retrains in cycles. Momentum begins anew with the first
 * retraining and is kept from cycle to cycle.
 */
final class IterativePolicy implements Policy {
  /**
   * What is remembered: where the run stands among its cycles.
   *
   * @param number 0 before the first pruning
   * @param start completed epochs at which it began
   * @param epochs of its training
   * @param discount of the learning rate, for ALLR
   */
  record Cycle(int number, int start, int epochs, double discount) {}

  private final String name;
  private final TrainingRecipe recipe;
  private final RateRecord dense;
  private final IterativePruning pruning;
  private final int retrainEpochs;

  IterativePolicy(
      String name,
      TrainingRecipe recipe,
      RateRecord dense,
      IterativePruning pruning,
      int retrainEpochs) {
    this.name = name;
    this.recipe = recipe;
    this.dense = dense;
    this.pruning = pruning;
    this.retrainEpochs = retrainEpochs;
    requireSchedules();
  }

  /** Makes the schedule of every cycle, so that a record that is too short is told at once. */
  private void requireSchedules() {
    for (int cycle = 1; cycle <= pruning.cycles(); cycle++) {
      int epochs = pruning.epochs(retrainEpochs, cycle);
      if (epochs > 0) {
        pruning.retraining().schedule(dense, epochs, 1);
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    if (state.completedEpochs() == 0) {
      TrainingState begun = remember(state, new Cycle(0, 0, dense.epochs(), 1));
      return Transition.to(begun, this, List.of());
    }
    List<PolicyEvent> events = new ArrayList<>();
    TrainingState next = state;
    while (over(next)) {
      next = prune(next, cycle(next), events);
    }
    return Transition.to(next, this, events);
  }

  /** Whether the next cycle begins here; one without epochs is over at once. */
  private boolean over(TrainingState state) {
    Cycle cycle = cycle(state);
    return cycle.number() < pruning.cycles()
        && state.completedEpochs() == cycle.start() + cycle.epochs();
  }

  private TrainingState prune(TrainingState state, Cycle before, List<PolicyEvent> events) {
    float[] values = state.parameters().values();
    ParameterLayout layout = state.parameters().layout();
    MagnitudePruning criterion = pruning.criterion(layout);
    HeldEntries held = criterion.prune(values, state.held(), pruning.fraction());
    int number = before.number() + 1;
    int epochs = pruning.epochs(retrainEpochs, number);
    double drop =
        NormDrop.of(values, pruning.normed(layout), criterion.weights(), state.held(), held);
    double budget = (double) epochs / dense.epochs();
    Cycle cycle =
        new Cycle(number, state.completedEpochs(), epochs, Math.min(1, Math.max(drop, budget)));
    TrainingState fresh = number == 1 ? state.restarting(state.parameters()) : state;
    events.add(PolicyEvent.Pruned.of(state, name, criterion.weights(), held));
    return remember(fresh.holding(held, Phase.RETRAIN), cycle);
  }

  private static TrainingState remember(TrainingState state, Cycle cycle) {
    return state.remembering(PolicyMemory.of(cycle, Map.of()));
  }

  private Cycle cycle(TrainingState state) {
    return state.memory().document(Cycle.class, name);
  }

  @Override
  public Plan plan(TrainingState state) {
    return Plan.until(
        dense.epochs() + retrainEpochs,
        state,
        recipe.rule().withHeld(state.held()),
        schedule(cycle(state)),
        recipe.precision());
  }

  private Schedule schedule(Cycle cycle) {
    if (cycle.number() == 0 || cycle.epochs() == 0) {
      return dense.schedule();
    }
    Schedule retraining = pruning.retraining().schedule(dense, cycle.epochs(), cycle.discount());
    return new Restarted(retraining, cycle.start());
  }

  @Override
  public OptionalInt horizon() {
    return OptionalInt.of(dense.epochs() + retrainEpochs);
  }
}
