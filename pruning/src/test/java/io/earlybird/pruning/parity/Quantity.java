package io.earlybird.pruning.parity;

import java.util.Set;

/**
 * One tensor of what a trace finds.
 *
 * @param name for example "momentum"
 * @param tensor name of the tensor
 * @param steps that came before
 */
record Quantity(String name, String tensor, int steps) {
  private static final Set<String> BACKWARD = Set.of("gradient", "momentum", "movement");

  /** Whether it comes from a backward pass. */
  boolean backward() {
    return BACKWARD.contains(name) && !tensor.contains("running_");
  }

  /** Stands for all tensors of it. */
  String overall() {
    return name + " after step " + steps;
  }

  @Override
  public String toString() {
    return overall() + " of " + tensor;
  }
}
