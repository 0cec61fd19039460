package io.earlybird.pruning.parity;

/**
 * One tensor of what a trace finds.
 *
 * @param name for example "momentum"
 * @param tensor name of the tensor
 * @param steps that came before
 */
record Quantity(String name, String tensor, int steps) {
  /** Stands for all tensors of it. */
  String overall() {
    return name + " after step " + steps;
  }

  @Override
  public String toString() {
    return overall() + " of " + tensor;
  }
}
