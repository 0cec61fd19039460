package io.earlybird.pruning.stable;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.MagnitudePruning.Rule;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pruning that ends a run (specification 6.14): effective weights take the place of the stored
 * ones, what the method trained besides goes, and the smallest weights of all layers are held at
 * zero, so many that with those which the method has made zero they are round_half_even(S * N).
 * Where the method has made more of them zero, all of those are held.
 *
 * @param sparsity S in [0, 1)
 * @param scope what may be pruned
 */
record Finish(double sparsity, Scope scope) {
  /**
   * What is remembered.
   *
   * @param ownSparsity share of the weights that the method had made zero
   * @param sparsity share that is held in the end
   */
  record Report(double ownSparsity, double sparsity) {
    String sentence(String method) {
      return String.format(
          Locale.ROOT,
          "%s alone had made %.2f %% of the weights zero; after the pruning at the end it is"
              + " %.2f %%.",
          method,
          100 * ownSparsity,
          100 * sparsity);
    }
  }

  /** The state that ends a run. */
  TrainingState of(TrainingState state, Reparametrization rule) {
    Network network = state.network().withAuxiliaries(List.of());
    ParameterLayout layout = ParameterLayout.of(network);
    Parameters values = rule.atEnd().effective(state.parameters()).in(layout);
    PrunableWeights weights = PrunableWeights.of(layout, scope);
    BitSet zeros = zeros(weights, values.values());
    HeldEntries cut =
        new MagnitudePruning(weights, Rule.EXACT_K)
            .prune(values.values(), HeldEntries.none(), sparsity);
    HeldEntries held = PrunableWeights.hold(cut, zeros);
    Report report =
        new Report((double) zeros.cardinality() / weights.count(), weights.sparsity(held));
    int surgeries = network.equals(state.network()) ? 0 : 1;
    TrainingState finished =
        new TrainingState(
            state.completedEpochs(),
            state.generation() + surgeries,
            state.phase(),
            network,
            values,
            state.momentum().in(layout),
            PolicyMemory.of(report, Map.of()),
            HeldEntries.none());
    return finished.holding(held, state.phase());
  }

  private static BitSet zeros(PrunableWeights weights, float[] values) {
    BitSet zeros = new BitSet();
    for (ParameterLayout.Entry layer : weights.layers()) {
      for (int i = layer.offset(); i < layer.end(); i++) {
        zeros.set(i, values[i] == 0);
      }
    }
    return zeros;
  }
}
