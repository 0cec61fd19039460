package io.earlybird.model.reparametrization;

import io.earlybird.model.parameters.ParameterLayout;
import java.util.BitSet;
import java.util.List;

/**
 * The passes use w where |w| is above that of rank {@code masked}, and 0 elsewhere; the gradient
 * goes to all weights as it is (specification 6.7, 6.8).
 *
 * <p>With {@code everySteps} = 1 this is DNW (Wortsman et al. 2019, arXiv 1906.00586), with one
 * threshold for all layers; with more, DPF (Lin et al. 2020, arXiv 2006.07253). The mask is made
 * anew after so many steps of a replica, and where it goes on from values that were loaded.
 *
 * @param layers weight tensors, ranked together
 * @param masked how many weights are 0, at least 0; those that tie with the last are 0 as well
 * @param everySteps steps that a mask lasts, at least 1
 */
public record MagnitudeMask(List<String> layers, int masked, int everySteps)
    implements Reparametrization {
  public MagnitudeMask {
    layers = List.copyOf(layers);
    Counts.require("masked weights", masked, 0);
    Counts.require("steps of a mask", everySteps, 1);
  }

  @Override
  public WeightMap on(ParameterLayout layout) {
    return new StraightThrough(Layers.of(layout, layers), masked, everySteps);
  }

  private static final class StraightThrough implements WeightMap {
    private final Layers weights;
    private final int masked;
    private final int everySteps;
    private BitSet mask = new BitSet();
    private int steps;

    StraightThrough(Layers weights, int masked, int everySteps) {
      this.weights = weights;
      this.masked = masked;
      this.everySteps = everySteps;
    }

    @Override
    public void toEffective(Numbers stored, Numbers effective) {
      if (steps++ % everySteps == 0) {
        mask = new Ranking(weights, stored::get).upToSmallest(masked);
      }
      for (int i = mask.nextSetBit(0); i >= 0; i = mask.nextSetBit(i + 1)) {
        effective.set(i, 0);
      }
    }

    @Override
    public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {}
  }
}
