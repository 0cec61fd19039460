package io.earlybird.model.reparametrization;

import io.earlybird.model.network.Auxiliary;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import java.util.List;

/**
 * A trained soft mask s for each weight (continuous sparsification, Savarese et al. 2020, arXiv
 * 1912.04427; specification 6.11): with c = 1 / sigmoid(initial),
 *
 * <pre>
 *   w_eff = c * w * sigmoid(b * s)
 *   dw = c * g * sigmoid(b * s)
 *   ds = (c * g * w + penalty) * b * sigmoid'(b * s)
 * </pre>
 *
 * The penalty is that of a loss which is larger by penalty * sum of sigmoid(b * s); the original
 * multiplies it by c as well. s is free of weight decay: the gradient takes off what the update
 * will add. The sharpness b = finalSharpness^(epochs done / epochs) grows from step to step; in the
 * end the mask is 1 where s &gt; 0, else 0. The mask of a layer is the auxiliary tensor {@code
 * LAYER.mask} [weights].
 *
 * @param layers weight tensors
 * @param initial s of a fresh network
 * @param penalty weight of the term that pushes masks down, at least 0
 * @param finalSharpness b at the end of the run, at least 1
 * @param epochs of the run
 * @param sharpness b; infinite for the final weights
 */
public record SoftMask(
    List<String> layers,
    double initial,
    double penalty,
    double finalSharpness,
    int epochs,
    double sharpness)
    implements Reparametrization {
  private static final String SUFFIX = ".mask";

  public SoftMask {
    layers = List.copyOf(layers);
    Terms.require("penalty", penalty);
    Factors.require("final sharpness", finalSharpness);
    Counts.require("epochs", epochs, 1);
  }

  @Override
  public SoftMask after(double epochsDone) {
    return with(Math.pow(finalSharpness, epochsDone / epochs));
  }

  @Override
  public SoftMask atEnd() {
    return with(Double.POSITIVE_INFINITY);
  }

  private SoftMask with(double newSharpness) {
    return new SoftMask(layers, initial, penalty, finalSharpness, epochs, newSharpness);
  }

  @Override
  public List<Auxiliary> auxiliaries(ParameterLayout layout) {
    return layers.stream()
        .map(layer -> new Auxiliary(layer + SUFFIX, layout.entry(layer).length(), initial))
        .toList();
  }

  @Override
  public WeightMap on(ParameterLayout layout) {
    double scale = 1 / Sigmoid.of(initial);
    List<Gating> each =
        layers.stream()
            .map(
                layer ->
                    new Gating(
                        layout.entry(layer),
                        layout.entry(layer + SUFFIX).offset(),
                        scale,
                        penalty,
                        sharpness))
            .toList();
    return new EachLayer(each);
  }

  private record Gating(Entry layer, int masks, double scale, double penalty, double sharpness)
      implements WeightMap {
    private double gate(double s) {
      if (Double.isInfinite(sharpness)) {
        return s > 0 ? 1 : 0;
      }
      return Sigmoid.of(sharpness * s);
    }

    @Override
    public void toEffective(Numbers stored, Numbers effective) {
      for (int i = 0; i < layer.length(); i++) {
        int weight = layer.offset() + i;
        effective.set(weight, stored.get(weight) * scale * gate(stored.get(masks + i)));
      }
    }

    @Override
    public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {
      for (int i = 0; i < layer.length(); i++) {
        int weight = layer.offset() + i;
        double s = stored.get(masks + i);
        double g = scale * gradient.get(weight);
        double open = gate(s);
        double slope = sharpness * open * (1 - open);
        gradient.set(weight, g * open);
        gradient.set(masks + i, (g * stored.get(weight) + penalty) * slope - weightDecay * s);
      }
    }
  }
}
