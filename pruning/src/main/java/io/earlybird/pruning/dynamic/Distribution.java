package io.earlybird.pruning.dynamic;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.List;

/** How the active weights are spread over the layers at the start (specification 4.4, 4.10). */
public enum Distribution {
  /** The same density everywhere. */
  UNIFORM {
    @Override
    double weight(List<Integer> shape) {
      return 1;
    }
  },
  /** Density proportional to (in + out) / (in * out) (Mocanu et al. 2018). */
  ER {
    @Override
    double weight(List<Integer> shape) {
      return ((double) shape.get(0) + shape.get(1)) / ((double) shape.get(0) * shape.get(1));
    }
  },
  /**
   * Density proportional to (in + out + kw + kh) / (in * out * kw * kh) (Evci et al. 2020): numbers
   * of active weights in proportion to the sums of the extents.
   */
  ERK {
    @Override
    double weight(List<Integer> shape) {
      double sum = 0;
      double product = 1;
      for (int extent : shape) {
        sum += extent;
        product *= extent;
      }
      return sum / product;
    }
  };

  abstract double weight(List<Integer> shape);

  /**
   * Density of each layer, at most 1, so that density * N weights are active in all.
   *
   * @param density of all layers together, in (0, 1]
   */
  double[] densities(PrunableWeights weights, double density) {
    List<ParameterLayout.Entry> layers = weights.layers();
    double[] densities = new double[layers.size()];
    boolean[] full = new boolean[layers.size()];
    boolean changed = true;
    while (changed) {
      double scale = scale(layers, density * weights.count(), full);
      changed = false;
      for (int l = 0; l < densities.length; l++) {
        densities[l] = full[l] ? 1 : scale * weight(layers.get(l).spec().shape());
        if (densities[l] > 1) {
          full[l] = true;
          changed = true;
        }
      }
    }
    return densities;
  }

  private double scale(List<ParameterLayout.Entry> layers, double target, boolean[] full) {
    double left = target;
    double raw = 0;
    for (int l = 0; l < full.length; l++) {
      ParameterLayout.Entry layer = layers.get(l);
      if (full[l]) {
        left -= layer.length();
      } else {
        raw += weight(layer.spec().shape()) * layer.length();
      }
    }
    return raw == 0 ? 0 : left / raw;
  }
}
