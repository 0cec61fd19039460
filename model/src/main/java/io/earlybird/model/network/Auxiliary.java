package io.earlybird.model.network;

import java.util.List;

/**
 * A vector that is trained with a network and belongs to no node, such as thresholds that a
 * training method learns. It is averaged, stored and has momentum like every trainable tensor, and
 * no forward pass reads it.
 *
 * @param name of the tensor
 * @param length number of values, at least 1
 * @param initial all values of a fresh network
 */
public record Auxiliary(String name, int length, double initial) {
  public Auxiliary {
    if (name.isBlank()) {
      throw new IllegalArgumentException("Invalid auxiliary tensor: it has no name");
    }
    if (length < 1 || !Double.isFinite(initial)) {
      throw new IllegalArgumentException(
          "Invalid auxiliary tensor " + name + ": length " + length + ", initial " + initial);
    }
  }

  /** The tensor. */
  public TensorSpec tensor() {
    return new TensorSpec(
        name, List.of(length), TensorSpec.Role.AUXILIARY, new Distribution.Constant(initial));
  }
}
