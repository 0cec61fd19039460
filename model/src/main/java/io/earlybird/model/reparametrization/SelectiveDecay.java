package io.earlybird.model.reparametrization;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.List;

/**
 * The largest weights are free of decay (learning-compression, Carreira-Perpinan and Idelbayev
 * 2018, as the released code of Zimmer et al. 2023, arXiv 2111.00843, simplifies it; specification
 * 6.13): their gradient becomes g - weightDecay * w, so that the update adds no decay. That of the
 * others becomes g + d * w, d = decay * growth^(epochs done / epochs): as the original's weight of
 * the distance to pruned weights, it may grow.
 *
 * <p>That code ranks all parameters, batch norms included; here the weights of the layers are
 * ranked. Ties go to the lowest index.
 *
 * @param layers weight tensors, ranked together
 * @param active how many weights are free, at least 1
 * @param decay d at the start of the run, at least 0, beside the decay of the update
 * @param growth d at the end of the run by that at its start, at least 1
 * @param epochs of the run
 * @param epochsDone fractions of them included
 */
public record SelectiveDecay(
    List<String> layers, int active, double decay, double growth, int epochs, double epochsDone)
    implements Reparametrization {
  public SelectiveDecay {
    layers = List.copyOf(layers);
    Counts.require("active weights", active, 1);
    Terms.require("decay", decay);
    Factors.require("growth", growth);
    Counts.require("epochs", epochs, 1);
  }

  @Override
  public SelectiveDecay after(double done) {
    return growth == 1 ? this : new SelectiveDecay(layers, active, decay, growth, epochs, done);
  }

  @Override
  public WeightMap on(ParameterLayout layout) {
    Layers weights = Layers.of(layout, layers);
    double now = decay * Math.pow(growth, epochsDone / epochs);
    return new WeightMap() {
      @Override
      public void toEffective(Numbers stored, Numbers effective) {}

      @Override
      public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {
        new Ranking(weights, stored::get)
            .split(
                active,
                i -> gradient.set(i, gradient.get(i) - weightDecay * stored.get(i)),
                i -> gradient.set(i, gradient.get(i) + now * stored.get(i)));
      }
    };
  }

  @Override
  public Parameters effective(Parameters stored) {
    return stored;
  }
}
