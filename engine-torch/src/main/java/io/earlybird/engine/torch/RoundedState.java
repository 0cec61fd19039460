package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;

/** Rounds gradients before an update, and values and momentum after it. */
final class RoundedState {
  private final FlatCopy copies;
  private final Gradients gradients;
  private final Parameters values;
  private final Parameters others;

  RoundedState(FlatCopy copies, Gradients gradients, ParameterLayout layout) {
    this.copies = copies;
    this.gradients = gradients;
    this.values = Parameters.zeros(layout);
    this.others = Parameters.zeros(layout);
  }

  /** Replaces the gradients of the last backward pass by words, the L1 push included. */
  void roundGradients(StepRule rule) {
    copies.read(values, Parameter::value);
    copies.read(others, gradients::of);
    StateRounding.roundGradients(rule, values, others);
    copies.write(others, gradients::of);
  }

  /** Replaces values and momentum by words. */
  void roundState(Quantization quantization) {
    copies.read(values, Parameter::value);
    copies.read(others, Parameter::momentum);
    StateRounding.roundState(quantization, values, others);
    copies.write(values, Parameter::value);
    copies.write(others, Parameter::momentum);
  }
}
