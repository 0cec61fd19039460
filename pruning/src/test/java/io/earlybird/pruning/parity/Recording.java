package io.earlybird.pruning.parity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A trace that is kept. */
final class Recording implements Trace.Listener {
  private final Map<Quantity, float[]> tensors = new LinkedHashMap<>();
  private final Map<Quantity, Double> rounded = new LinkedHashMap<>();
  private final Map<String, Double> scales = new LinkedHashMap<>();

  @Override
  public void found(String name, int steps, String tensor, float[] values, double largestRounded) {
    Quantity quantity = new Quantity(name, tensor, steps);
    tensors.put(quantity, values);
    rounded.put(quantity, largestRounded);
    for (float value : values) {
      scales.merge(quantity.overall(), (double) Math.abs(value), Math::max);
    }
  }

  Set<Quantity> quantities() {
    return tensors.keySet();
  }

  /** The tensor, or null if there is none. */
  float[] values(Quantity quantity) {
    return tensors.get(quantity);
  }

  /** The largest number whose rounding is in the tensor. */
  double rounded(Quantity quantity) {
    return rounded.get(quantity);
  }

  /** Largest magnitude of the quantity, over all its tensors. */
  double scale(Quantity quantity) {
    return scales.get(quantity.overall());
  }
}
