package io.earlybird.pruning.dynamic;

import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.random.Seeds;
import io.earlybird.pruning.weights.Choice;
import io.earlybird.pruning.weights.Choice.Among;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The masks before the first epoch (specification 4.4). Weights that stay active keep their initial
 * values, without rescaling.
 *
 * @param density of all layers together, in (0, 1]
 * @param distribution over the layers
 * @param draw which weights of a layer
 */
public record Start(double density, Distribution distribution, Draw draw) {
  /** How the active weights of a layer are drawn. */
  public enum Draw {
    /** Each with the density as its probability: numbers vary from draw to draw. */
    BERNOULLI,
    /** Exactly the number that the density gives, rounded. */
    EXACT
  }

  public Start {
    if (!(density > 0 && density <= 1)) {
      throw new IllegalArgumentException("Invalid density " + density + ": must be in (0, 1]");
    }
  }

  /** B*, a real number. */
  double target(PrunableWeights weights) {
    return density * weights.count();
  }

  /** Fails if a layer would have no active weight. */
  void requireFits(PrunableWeights weights) {
    double[] densities = distribution.densities(weights, density);
    for (int l = 0; l < densities.length; l++) {
      ParameterLayout.Entry layer = weights.layers().get(l);
      if (Math.rint(densities[l] * layer.length()) < 1) {
        throw new IllegalArgumentException(
            "Invalid density "
                + density
                + ": none of the "
                + layer.length()
                + " weights of "
                + layer.name()
                + " would be active; raise it or choose another distribution");
      }
    }
  }

  /** What is inactive at the start. */
  HeldEntries held(PrunableWeights weights, long seed) {
    double[] densities = distribution.densities(weights, density);
    BitSet inactive = new BitSet();
    for (int l = 0; l < densities.length; l++) {
      ParameterLayout.Entry layer = weights.layers().get(l);
      SplittableRandom random =
          Seeds.random(Seeds.derive(Seeds.derive(seed, "mask"), layer.name()));
      switch (draw) {
        case BERNOULLI -> {
          for (int i = layer.offset(); i < layer.end(); i++) {
            inactive.set(i, random.nextDouble() >= densities[l]);
          }
        }
        case EXACT -> {
          int active = (int) Math.rint(densities[l] * layer.length());
          exact(layer, active, random).stream().forEach(i -> inactive.set(layer.offset() + i));
        }
      }
    }
    return HeldEntries.of(inactive);
  }

  /** Indexes in the layer, 0-based. */
  private static BitSet exact(ParameterLayout.Entry layer, int active, SplittableRandom random) {
    float[] lots = new float[layer.length()];
    for (int i = 0; i < lots.length; i++) {
      lots[i] = (float) random.nextDouble();
    }
    List<ParameterLayout.Entry> alone = List.of(new ParameterLayout.Entry(layer.spec(), 0));
    return Choice.of(lots, alone, HeldEntries.none(), Among.EVERY)
        .smallest(layer.length() - active);
  }
}
