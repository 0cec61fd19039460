package io.earlybird.model.reparametrization;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.List;

/** Stored weights are the effective ones. */
record StoredWeights() implements Reparametrization {
  @Override
  public List<String> layers() {
    return List.of();
  }

  @Override
  public WeightMap on(ParameterLayout layout) {
    return new WeightMap() {
      @Override
      public void toEffective(Numbers stored, Numbers effective) {}

      @Override
      public void pullBack(Numbers stored, Numbers gradient, double weightDecay) {}
    };
  }

  @Override
  public Parameters effective(Parameters stored) {
    return stored;
  }
}
