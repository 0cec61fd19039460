package io.earlybird.model.reparametrization;

import java.util.List;

/**
 * Layers that do not know of each other.
 *
 * @param layers one map for each
 */
record EachLayer(List<? extends WeightMap> layers) implements WeightMap {
  @Override
  public void toEffective(Numbers stored, Numbers effective) {
    layers.forEach(layer -> layer.toEffective(stored, effective));
  }

  @Override
  public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {
    layers.forEach(layer -> layer.pullBack(stored, gradient, weightDecay));
  }
}
