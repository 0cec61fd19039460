package io.earlybird.model.reference;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;

/** The update of {@link StepRule}, exactly as specification 0.3 and 1.4. */
final class Update {
  private Update() {}

  /**
   * Updates values and momentum in place.
   *
   * @param gradient of the mean loss, in the layout
   */
  static void apply(
      StepRule rule,
      ParameterLayout layout,
      double[] values,
      double[] momentum,
      double[] gradient) {
    for (ParameterLayout.Entry entry : layout.entries()) {
      if (entry.spec().role().trainable()) {
        double gammaL1 = entry.spec().role() == Role.GAMMA ? rule.gammaL1() : 0;
        for (int i = entry.offset(); i < entry.end(); i++) {
          boolean held = rule.held().holds(i);
          if (!held || rule.heldMomentum() == HeldMomentum.GOES_ON) {
            double g =
                gradient[i] + gammaL1 * Math.signum(values[i]) + rule.weightDecay() * values[i];
            momentum[i] = rule.momentum() * momentum[i] + g;
            boolean nesterov = rule.momentumForm() == MomentumForm.NESTEROV;
            double direction = nesterov ? g + rule.momentum() * momentum[i] : momentum[i];
            values[i] = held ? 0 : values[i] - rule.learningRate() * direction;
          }
        }
      }
    }
  }

  /** Sets the held entries of values to zero, and those of the momentum unless it goes on. */
  static void hold(StepRule rule, double[] values, double[] momentum) {
    for (int i = rule.held().next(0); i >= 0; i = rule.held().next(i + 1)) {
      values[i] = 0;
      if (rule.heldMomentum() == HeldMomentum.ZERO) {
        momentum[i] = 0;
      }
    }
  }
}
