package io.earlybird.model.reparametrization;

import io.earlybird.model.network.Auxiliary;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import java.util.List;

/**
 * Soft threshold by a trained scalar a for each layer (STR, Kusupati et al. 2020, arXiv 2002.03231;
 * specification 6.9):
 *
 * <pre>
 *   w_eff = sign(w) * max(|w| - sigmoid(a), 0);  active where that is not 0
 *   dw = g where active, else 0
 *   da = -sigmoid'(a) * sum over active of g * sign(w) + decay * a
 * </pre>
 *
 * The update decays a as it decays weights, to which the last term adds; final weights include the
 * shrinkage. The scalar of a layer is the auxiliary tensor {@code LAYER.threshold} [1].
 *
 * @param layers weight tensors
 * @param initial a of a fresh network
 * @param decay of a, at least 0, beside that of the update
 */
public record SoftThreshold(List<String> layers, double initial, double decay)
    implements Reparametrization {
  private static final String SUFFIX = ".threshold";

  public SoftThreshold {
    layers = List.copyOf(layers);
    Terms.require("decay", decay);
  }

  @Override
  public List<Auxiliary> auxiliaries(ParameterLayout layout) {
    return layers.stream().map(layer -> new Auxiliary(layer + SUFFIX, 1, initial)).toList();
  }

  @Override
  public WeightMap on(ParameterLayout layout) {
    List<Shrinking> each = layers.stream().map(layer -> shrinking(layout, layer)).toList();
    return new EachLayer(each);
  }

  private Shrinking shrinking(ParameterLayout layout, String layer) {
    return new Shrinking(layout.entry(layer), layout.entry(layer + SUFFIX).offset(), decay);
  }

  private record Shrinking(Entry layer, int scalar, double decay) implements WeightMap {
    @Override
    public void toEffective(Numbers stored, Numbers effective) {
      double threshold = Sigmoid.of(stored.get(scalar));
      for (int i = layer.offset(); i < layer.end(); i++) {
        double w = stored.get(i);
        effective.set(i, Math.signum(w) * Math.max(Math.abs(w) - threshold, 0));
      }
    }

    @Override
    public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {
      double a = stored.get(scalar);
      double threshold = Sigmoid.of(a);
      double sum = 0;
      for (int i = layer.offset(); i < layer.end(); i++) {
        double w = stored.get(i);
        if (Math.abs(w) > threshold) {
          sum += gradient.get(i) * Math.signum(w);
        } else {
          gradient.set(i, 0);
        }
      }
      gradient.set(scalar, -sum * Sigmoid.slope(a) + decay * a);
    }
  }
}
