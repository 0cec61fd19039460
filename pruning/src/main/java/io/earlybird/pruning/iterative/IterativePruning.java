package io.earlybird.pruning.iterative;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.schedule.RetrainingRule;
import io.earlybird.pruning.weights.MagnitudePruning;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import java.util.List;

/**
 * How much is pruned in how many cycles, and how the network is retrained after each (specification
 * 3.4).
 *
 * <p>q = 1 - (1 - S)^(1/J): each cycle removes the same fraction of what is still active.
 *
 * @param sparsity S in [0, 1)
 * @param cycles J, at least 1
 * @param retraining learning rates of each retraining
 * @param norm tensors that ALLR takes norms over
 * @param scope what may be pruned
 */
public record IterativePruning(
    double sparsity, int cycles, RetrainingRule retraining, Norm norm, Scope scope) {
  /** Tensors whose norm ALLR looks at. */
  public enum Norm {
    /** Those that may be pruned. */
    PRUNABLE,
    /** All that are trained, batch norms and biases included, as the released code does. */
    ALL
  }

  public IterativePruning {
    PrunableWeights.requireSparsity(sparsity);
    if (cycles < 1) {
      throw new IllegalArgumentException("Invalid cycles " + cycles + ": must be at least 1");
    }
  }

  /** q. */
  double fraction() {
    return fraction(sparsity, cycles);
  }

  static double fraction(double sparsity, int cycles) {
    return 1 - StrictMath.pow(1 - sparsity, 1.0 / cycles);
  }

  /** R_c of cycle c = 1..J: total div J, the remainder added to the last. */
  int epochs(int total, int cycle) {
    return total / cycles + (cycle == cycles ? total % cycles : 0);
  }

  /** Fails if fewer epochs are left than there are cycles; 0 epochs mean that none retrains. */
  void requireBudget(int epochs) {
    if (epochs > 0 && epochs < cycles) {
      throw new IllegalArgumentException(
          "Invalid budget of "
              + epochs
              + " retraining epochs for "
              + cycles
              + " cycles: each takes at least one; set fewer cycles or more epochs");
    }
  }

  MagnitudePruning criterion(ParameterLayout layout) {
    return new MagnitudePruning(PrunableWeights.of(layout, scope), MagnitudePruning.Rule.EXACT_K);
  }

  /** Fails if rounding would leave no weight of the network. */
  void requireFits(ParameterLayout layout) {
    PrunableWeights.of(layout, scope).left(sparsity);
    criterion(layout).requireLeft(fraction(), cycles);
  }

  List<ParameterLayout.Entry> normed(ParameterLayout layout) {
    return norm == Norm.PRUNABLE
        ? PrunableWeights.of(layout, scope).layers()
        : layout.entries().stream().filter(entry -> entry.spec().role().trainable()).toList();
  }
}
