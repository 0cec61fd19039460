package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import org.bytedeco.pytorch.Tensor;

/** Rounds gradients before an update, and values and momentum after it. */
final class RoundedState {
  private final FlatCopy copies;
  private final Parameters values;
  private final Parameters others;

  RoundedState(FlatCopy copies, ParameterLayout layout) {
    this.copies = copies;
    this.values = Parameters.zeros(layout);
    this.others = Parameters.zeros(layout);
  }

  /** Replaces the gradients of the last backward pass by words, the L1 push included. */
  void roundGradients(StepRule rule) {
    copies.read(values, Parameter::value);
    copies.read(others, RoundedState::gradient);
    StateRounding.roundGradients(rule, values, others);
    copies.write(others, RoundedState::gradient);
  }

  private static Tensor gradient(Parameter parameter) {
    return parameter.trainable() ? parameter.leaf().mutable_grad() : null;
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
