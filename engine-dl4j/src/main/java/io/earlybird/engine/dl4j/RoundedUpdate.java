package io.earlybird.engine.dl4j;

import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.Parameters;

/** The update of a step whose gradients, values and momentum are rounded around it. */
final class RoundedUpdate {
  private final FlatParameters flat;
  private final Parameters momentum;
  private final Update update;
  private final Parameters values;
  private final Parameters gradients;

  /**
   * Prepares.
   *
   * @param flat parameters and gradients
   * @param momentum that {@code update} changes
   * @param update in float32
   */
  RoundedUpdate(FlatParameters flat, Parameters momentum, Update update) {
    this.flat = flat;
    this.momentum = momentum;
    this.update = update;
    this.values = Parameters.zeros(momentum.layout());
    this.gradients = Parameters.zeros(momentum.layout());
  }

  /**
   * Applies the rule to trainable tensors, and moves the running statistics.
   *
   * @return whether all gradients were finite
   */
  boolean apply(StepRule rule) {
    flat.read(values);
    flat.readGradients(gradients);
    StateRounding.roundGradients(rule, values, gradients);
    flat.writeGradients(gradients);
    boolean finite = update.apply(StateRounding.remainder(rule));
    flat.read(values);
    StateRounding.roundState(rule.quantization(), values, momentum);
    flat.load(values);
    return finite;
  }
}
