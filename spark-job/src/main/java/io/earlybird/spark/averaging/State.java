package io.earlybird.spark.averaging;

import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;

/**
 * Values and momentum of a replica, or of their mean.
 *
 * @param parameters values, running statistics included
 * @param momentum in the same layout
 */
public record State(Parameters parameters, Parameters momentum) {
  /** All zero. */
  public static State zeros(ParameterLayout layout) {
    return new State(Parameters.zeros(layout), Parameters.zeros(layout));
  }
}
