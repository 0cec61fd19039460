package io.earlybird.pruning.weights;

import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.BitSet;
import java.util.List;

/**
 * The weight tensors that a method may prune, in the order of the layout (specification 3.3, 4.3).
 *
 * @param layers places of the tensors, at least one
 */
public record PrunableWeights(List<ParameterLayout.Entry> layers) {
  private static final int KERNEL_RANK = 4;

  public PrunableWeights {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("Cannot prune weights: no layer has any that may go");
    }
  }

  /** Those of a network. */
  public static PrunableWeights of(ParameterLayout layout, Scope scope) {
    return new PrunableWeights(
        layout.entries(Role.WEIGHT).stream()
            .filter(entry -> scope == Scope.ALL || entry.spec().shape().size() == KERNEL_RANK)
            .toList());
  }

  /** Names of the tensors. */
  public List<String> names() {
    return layers.stream().map(ParameterLayout.Entry::name).toList();
  }

  /** Number of weights, N. */
  public int count() {
    return layers.stream().mapToInt(ParameterLayout.Entry::length).sum();
  }

  /** Number of weights that are not held. */
  public int active(HeldEntries held) {
    return layers.stream().mapToInt(layer -> active(layer, held)).sum();
  }

  /** The same of one layer. */
  public static int active(ParameterLayout.Entry layer, HeldEntries held) {
    return layer.length() - held.count(layer.offset(), layer.end());
  }

  /** Share of the weights that are held, in [0, 1]. */
  public double sparsity(HeldEntries held) {
    return 1 - (double) active(held) / count();
  }

  /**
   * Number of weights that a sparsity leaves, round_half_even(N * (1 - S)).
   *
   * @throws IllegalArgumentException if it is not in [0, 1), or none would be left
   */
  public int left(double sparsity) {
    requireSparsity(sparsity);
    int left = (int) Math.rint(count() * (1 - sparsity));
    if (left < 1) {
      throw new IllegalArgumentException(
          "Invalid sparsity "
              + sparsity
              + " of "
              + count()
              + " weights: none would be left; lower it");
    }
    return left;
  }

  /** Fails unless a sparsity is in [0, 1). */
  public static void requireSparsity(double sparsity) {
    if (!(sparsity >= 0 && sparsity < 1)) {
      throw new IllegalArgumentException("Invalid sparsity " + sparsity + ": must be in [0, 1)");
    }
  }

  /** Entries held by {@code held} and those of {@code more}. */
  public static HeldEntries hold(HeldEntries held, BitSet more) {
    return held.union(HeldEntries.of(more));
  }
}
