package io.earlybird.pruning.gradual;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.gradual.GmpOptions.Mode;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.weights.CubicSparsity;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Masks more and more of the smallest weights while it trains. */
final class GmpPolicy implements Policy {
  private static final String NAME = "gmp";

  private static final String MASKED = "masked";

  /**
   * What is remembered between the prunings of the recovering mode, beside the values of masked
   * weights.
   *
   * @param epoch completed epochs at the newest pruning
   */
  record Recovery(int epoch) {}

  private final TrainingRecipe recipe;
  private final GmpOptions options;

  GmpPolicy(TrainingRecipe recipe, GmpOptions options) {
    this.recipe = recipe;
    this.options = options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transition next(TrainingState state, History history, Probe probe) {
    CubicSparsity curve = options.curve();
    if (!curve.due(state.completedEpochs(), recipe.epochs())) {
      return Transition.to(state, this, List.of());
    }
    int number = curve.newest(state.completedEpochs(), recipe.epochs());
    boolean recovering =
        options.mode() == Mode.RECOVERING && number < curve.prunings(recipe.epochs());
    double fraction =
        recovering ? curve.after(number, recipe.epochs()) : curve.fraction(number, recipe.epochs());
    return prune(state, recovering ? recovered(state) : state.held(), fraction, recovering);
  }

  private Transition prune(
      TrainingState state, HeldEntries among, double fraction, boolean recovering) {
    PrunableWeights weights = PrunableWeights.of(state.parameters().layout(), options.scope());
    HeldEntries held =
        new MagnitudePruning(weights, MagnitudePruning.Rule.EXACT_K)
            .prune(state.parameters().values(), among, fraction);
    PolicyMemory memory = recovering ? remember(state, held) : PolicyMemory.empty();
    TrainingState masked = state.holding(held, state.phase()).remembering(memory);
    Pruned event = Pruned.of(masked, NAME, weights, held);
    return Transition.to(masked, this, List.of(event));
  }

  /** Gives masked weights the values that they had; nothing is held then. */
  private static HeldEntries recovered(TrainingState state) {
    float[] masked = state.memory().tensors().get(MASKED);
    HeldEntries held = state.held();
    for (int i = held.next(0); i >= 0; i = held.next(i + 1)) {
      state.parameters().values()[i] = masked[i];
    }
    return HeldEntries.none();
  }

  /** The values of the weights that are about to be masked. */
  private static PolicyMemory remember(TrainingState state, HeldEntries held) {
    float[] values = state.parameters().values();
    float[] masked = new float[values.length];
    for (int i = held.next(0); i >= 0; i = held.next(i + 1)) {
      masked[i] = values[i];
    }
    return PolicyMemory.of(new Recovery(state.completedEpochs()), Map.of(MASKED, masked));
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
