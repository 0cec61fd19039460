package io.earlybird.model.reparametrization;

import io.earlybird.model.network.Auxiliary;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.io.Serializable;
import java.util.List;

/**
 * A rule that steps follow: stored weights to effective ones before the forward pass, the gradient
 * of the effective ones to that of the stored ones after the backward pass, then the usual update.
 *
 * <p>Immutable, equal by value. What a rule trains besides weights are {@link Auxiliary} tensors of
 * the network.
 */
public sealed interface Reparametrization extends Serializable
    permits StoredWeights,
        TopGradient,
        SelectiveDecay,
        MagnitudeMask,
        SoftThreshold,
        UnitThreshold,
        SoftMask {
  /** Stored weights are used as they are. */
  static Reparametrization none() {
    return new StoredWeights();
  }

  /** Names of the weight tensors that it is about; no other weights change. */
  List<String> layers();

  /**
   * The tensors that it trains besides weights; a network has to have them before steps follow the
   * rule.
   *
   * @param layout of a network that has the layers
   */
  default List<Auxiliary> auxiliaries(ParameterLayout layout) {
    return List.of();
  }

  /**
   * The rule for a layout.
   *
   * @throws IllegalArgumentException if the layout lacks a layer or an auxiliary tensor
   */
  WeightMap on(ParameterLayout layout);

  /**
   * The rule after that part of a run.
   *
   * @param epochs that are done, fractions of them included
   */
  default Reparametrization after(double epochs) {
    return this;
  }

  /** The rule that gives the final weights. */
  default Reparametrization atEnd() {
    return this;
  }

  /** The values with effective weights: a copy, or the same object if nothing changes. */
  default Parameters effective(Parameters stored) {
    Parameters effective = stored.copy();
    on(stored.layout())
        .toEffective(Numbers.of(stored.copy().values()), Numbers.of(effective.values()));
    return effective;
  }
}
