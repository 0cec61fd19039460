package io.earlybird.model.reference;

import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.HeldEntries;
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
          if (!rule.held().holds(i)) {
            double g =
                gradient[i] + gammaL1 * Math.signum(values[i]) + rule.weightDecay() * values[i];
            momentum[i] = rule.momentum() * momentum[i] + g;
            boolean nesterov = rule.momentumForm() == MomentumForm.NESTEROV;
            double direction = nesterov ? g + rule.momentum() * momentum[i] : momentum[i];
            values[i] -= rule.learningRate() * direction;
          }
        }
      }
    }
  }

  /** Sets the held entries of values and momentum to zero. */
  static void hold(HeldEntries held, double[] values, double[] momentum) {
    for (int i = held.next(0); i >= 0; i = held.next(i + 1)) {
      values[i] = 0;
      momentum[i] = 0;
    }
  }
}
