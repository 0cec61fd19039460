package io.earlybird.model.engine;

import io.earlybird.model.engine.Quantization.Use;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;

/**
 * Rounding of gradients, values and momentum around the update of a step, in the order of
 * specification 5.2: gradients with the L1 push, then the update in float32 with weight decay and
 * momentum, then values, then momentum. No other copy of the values is kept.
 *
 * <p>Blocks are slices of the first axis: a filter, a row of a linear map, one value of a vector.
 * Running statistics are not rounded.
 */
public final class StateRounding {
  private StateRounding() {}

  /**
   * Adds the L1 push to gradients, divides the loss scale out, and rounds them, in place. Gradients
   * of held entries without momentum become 0 first, as they take no part in the update.
   *
   * @param values before the update
   */
  public static void roundGradients(StepRule rule, Parameters values, Parameters gradients) {
    float[] g = gradients.values();
    float unscale = (float) (1 / rule.lossScale());
    for (ParameterLayout.Entry entry : gradients.layout().entries()) {
      if (entry.spec().role().trainable()) {
        boolean pushed = entry.spec().role() == Role.GAMMA;
        float gammaL1 = pushed ? (float) rule.gammaL1() : 0;
        for (int i = entry.offset(); i < entry.end(); i++) {
          g[i] = g[i] * unscale + gammaL1 * Math.signum(values.values()[i]);
        }
      }
    }
    if (rule.heldMomentum() == HeldMomentum.ZERO) {
      rule.held().zero(g);
    }
    round(rule.quantization(), Use.GRADIENT, gradients);
  }

  /** What is left to do for the update in float32: neither L1 push nor loss scale. */
  public static StepRule remainder(StepRule rule) {
    return rule.withGammaL1(0).withLossScale(1);
  }

  /** Rounds values and momentum, in place. */
  public static void roundState(Quantization quantization, Parameters values, Parameters momentum) {
    round(quantization, Use.VALUE, values);
    round(quantization, Use.MOMENTUM, momentum);
  }

  private static void round(Quantization quantization, Use use, Parameters parameters) {
    if (!quantization.rounds()) {
      return;
    }
    for (ParameterLayout.Entry entry : parameters.layout().entries()) {
      if (entry.spec().role().trainable()) {
        int blocks = entry.spec().extent(0);
        quantization
            .words()
            .roundSlices(
                parameters.values(),
                entry.offset(),
                blocks,
                entry.length() / blocks,
                quantization.rounding(use),
                entry.offset());
      }
    }
  }
}
