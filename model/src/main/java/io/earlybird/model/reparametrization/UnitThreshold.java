package io.earlybird.model.reparametrization;

import io.earlybird.model.network.Auxiliary;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.ParameterLayout.Entry;
import java.util.List;

/**
 * Hard threshold by a trained t for each output unit (dynamic sparse training, Liu et al. 2020,
 * arXiv 2005.06870; specification 6.10): with z = |w| - t,
 *
 * <pre>
 *   w_eff = w * m,  m = 1 where z &gt; 0, else 0
 *   H'(z) = 2 - 4 |z| for |z| &lt;= 0.4;  0.4 for 0.4 &lt; |z| &lt;= 1;  0 beyond
 *   dw = g * m + g * w * H'(z) * sign(w)
 *   dt = -sum over the unit of g * w * H'(z) - penalty * exp(-t)
 * </pre>
 *
 * The last term is that of a loss which is larger by penalty * sum of exp(-t). A layer that would
 * keep 1 % of its weights or less gets thresholds of 0 instead, before the forward pass. The update
 * decays t as it decays weights. The thresholds of a layer are the auxiliary tensor {@code
 * LAYER.threshold} [units].
 *
 * @param layers weight tensors, the first axis of which counts units
 * @param penalty weight of the term that pushes thresholds up, at least 0
 */
public record UnitThreshold(List<String> layers, double penalty) implements Reparametrization {
  private static final String SUFFIX = ".threshold";

  /** A layer that keeps no larger part begins anew. */
  private static final double LEAST_KEPT = 0.01;

  private static final double STEEP = 0.4;
  private static final double FLAT_SLOPE = 0.4;

  public UnitThreshold {
    layers = List.copyOf(layers);
    Terms.require("penalty", penalty);
  }

  @Override
  public List<Auxiliary> auxiliaries(ParameterLayout layout) {
    return layers.stream()
        .map(layer -> new Auxiliary(layer + SUFFIX, layout.entry(layer).spec().extent(0), 0))
        .toList();
  }

  @Override
  public WeightMap on(ParameterLayout layout) {
    List<Masking> each =
        layers.stream()
            .map(layer -> new Masking(layout.entry(layer), layout.entry(layer + SUFFIX), penalty))
            .toList();
    return new EachLayer(each);
  }

  /** The surrogate H' of the derivative of a step. */
  static double slope(double z) {
    double distance = Math.abs(z);
    if (distance <= STEEP) {
      return 2 - 4 * distance;
    }
    return distance <= 1 ? FLAT_SLOPE : 0;
  }

  private record Masking(Entry layer, Entry thresholds, double penalty) implements WeightMap {
    private double distance(Numbers stored, int i) {
      return Math.abs(stored.get(i)) - stored.get(threshold(i));
    }

    /** Index of the threshold of the unit that a weight belongs to. */
    private int threshold(int i) {
      int unit = layer.length() / thresholds.length();
      return thresholds.offset() + (i - layer.offset()) / unit;
    }

    @Override
    public void toEffective(Numbers stored, Numbers effective) {
      if (kept(stored) <= LEAST_KEPT * layer.length()) {
        for (int t = thresholds.offset(); t < thresholds.end(); t++) {
          stored.set(t, 0);
        }
      }
      for (int i = layer.offset(); i < layer.end(); i++) {
        if (!(distance(stored, i) > 0)) {
          effective.set(i, 0);
        }
      }
    }

    private int kept(Numbers stored) {
      int kept = 0;
      for (int i = layer.offset(); i < layer.end(); i++) {
        kept += distance(stored, i) > 0 ? 1 : 0;
      }
      return kept;
    }

    @Override
    public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {
      for (int t = thresholds.offset(); t < thresholds.end(); t++) {
        gradient.set(t, -penalty * Math.exp(-stored.get(t)));
      }
      for (int i = layer.offset(); i < layer.end(); i++) {
        double w = stored.get(i);
        double g = gradient.get(i);
        double z = distance(stored, i);
        double through = g * w * slope(z);
        int t = threshold(i);
        gradient.set(t, gradient.get(t) - through);
        gradient.set(i, (z > 0 ? g : 0) + through * Math.signum(w));
      }
    }
  }
}
