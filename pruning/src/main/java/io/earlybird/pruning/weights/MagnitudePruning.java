package io.earlybird.pruning.weights;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.weights.Choice.Among;
import java.util.BitSet;

/**
 * Global unstructured magnitude pruning (specification 3.3, 6.1).
 *
 * @param weights what may go
 * @param rule how many of the smallest go
 */
public record MagnitudePruning(PrunableWeights weights, Rule rule) {
  /** How many go for a fraction q of A active weights. */
  public enum Rule {
    /** k = round_half_even(q * A), ties by the lowest index first. */
    EXACT_K,
    /** k = ceil(q * A); all up to the value of rank k, 0-based: at least k + 1 (open_lth). */
    STRICT_THRESHOLD
  }

  /**
   * Prunes a fraction of the active weights.
   *
   * @param values in the layout; not changed
   * @param held what is inactive before
   * @param fraction q in [0, 1)
   * @return what is inactive afterwards
   * @throws IllegalArgumentException if none would be left
   */
  public HeldEntries prune(float[] values, HeldEntries held, double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException(
          "Invalid fraction of weights to prune " + fraction + ": must be in [0, 1)");
    }
    int active = weights.active(held);
    BitSet smallest = smallest(values, held, fraction, active);
    if (smallest.cardinality() >= active) {
      throw new IllegalArgumentException(
          "Cannot prune "
              + smallest.cardinality()
              + " of "
              + active
              + " active weights: none would be left; lower the sparsity");
    }
    return PrunableWeights.hold(held, smallest);
  }

  /**
   * Fails if pruning the same fraction of what is active again and again leaves no weight. Ties,
   * which a strict threshold takes besides, cannot be foreseen.
   *
   * @param fraction q in [0, 1)
   * @param times how often
   * @throws IllegalArgumentException if none would be left
   */
  public void requireLeft(double fraction, int times) {
    int active = weights.count();
    for (int time = 1; time <= times; time++) {
      int going =
          switch (rule) {
            case EXACT_K -> (int) Math.rint(fraction * active);
            case STRICT_THRESHOLD -> (int) Math.ceil(fraction * active) + 1;
          };
      if (going >= active) {
        throw new IllegalArgumentException(
            ("Cannot prune %d of %d active weights in cycle %d of %d: none would be left; lower the"
                    + " sparsity or set fewer cycles")
                .formatted(going, active, time, times));
      }
      active -= going;
    }
  }

  private BitSet smallest(float[] values, HeldEntries held, double fraction, int active) {
    Choice choice = Choice.of(values, weights.layers(), held, Among.ACTIVE);
    return switch (rule) {
      case EXACT_K -> choice.smallest((int) Math.rint(fraction * active));
      case STRICT_THRESHOLD -> choice.upToRank((int) Math.ceil(fraction * active));
    };
  }
}
