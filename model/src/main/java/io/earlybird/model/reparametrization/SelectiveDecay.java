package io.earlybird.model.reparametrization;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.List;

/**
 * The largest weights are free of decay (learning-compression, Carreira-Perpinan and Idelbayev
 * 2018, as the released code of Zimmer et al. 2023, arXiv 2111.00843, simplifies it; specification
 * 6.13): their gradient becomes g - weightDecay * w, so that the update adds no decay. That of the
 * others becomes g + decay * w.
 *
 * <p>That code ranks all parameters, batch norms included; here the weights of the layers are
 * ranked. Ties go to the lowest index.
 *
 * @param layers weight tensors, ranked together
 * @param active how many weights are free, at least 1
 * @param decay of the others, at least 0, beside that of the update
 */
public record SelectiveDecay(List<String> layers, int active, double decay)
    implements Reparametrization {
  public SelectiveDecay {
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
        new Ranking(weights, stored::get)
            .split(
                active,
                i -> gradient.set(i, gradient.get(i) - weightDecay * stored.get(i)),
                i -> gradient.set(i, gradient.get(i) + decay * stored.get(i)));
      }
    };
  }

  @Override
  public Parameters effective(Parameters stored) {
    return stored;
  }
}
