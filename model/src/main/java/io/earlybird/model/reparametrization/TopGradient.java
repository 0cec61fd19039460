package io.earlybird.model.reparametrization;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.List;

/**
 * The gradient reaches the weights of largest |w * g| only (global sparse momentum, Ding et al.
 * 2019, arXiv 1909.12778; specification 6.12); decay reaches all of them:
 *
 * <pre>
 *   dw = g + decay * w for the weights of largest |w * g|, decay * w for the others
 * </pre>
 *
 * Ties go to the lowest index.
 *
 * @param layers weight tensors, ranked together
 * @param active how many weights keep their gradient, at least 1
 * @param decay of the weights of the layers, at least 0, beside that of the update
 */
public record TopGradient(List<String> layers, int active, double decay)
    implements Reparametrization {
  public TopGradient {
    layers = List.copyOf(layers);
    Counts.require("active weights", active, 1);
    Terms.require("decay", decay);
  }

  @Override
  public WeightMap on(ParameterLayout layout) {
    Layers weights = Layers.of(layout, layers);
    return new WeightMap() {
      @Override
      public void toEffective(Numbers stored, Numbers effective) {}

      @Override
      public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {
        new Ranking(weights, i -> stored.get(i) * gradient.get(i))
            .split(
                active,
                i -> gradient.set(i, gradient.get(i) + decay * stored.get(i)),
                i -> gradient.set(i, decay * stored.get(i)));
      }
    };
  }

  @Override
  public Parameters effective(Parameters stored) {
    return stored;
  }
}
