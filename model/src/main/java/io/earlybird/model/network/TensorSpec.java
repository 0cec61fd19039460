package io.earlybird.model.network;

import java.util.List;

/**
 * A tensor that a node owns: its torchvision-style name, shape in C order, role and initial
 * distribution.
 *
 * @param name for example {@code layer1.0.conv1.weight}
 * @param shape extents, every one at least 1, their product below 2^31
 * @param role what the tensor is to its node
 * @param initial how a fresh network fills it
 */
public record TensorSpec(String name, List<Integer> shape, Role role, Distribution initial) {
  /** What a tensor is to its node. */
  public enum Role {
    /** Convolution kernel [O, I, kH, kW] or linear weight [out, in]. */
    WEIGHT,
    /** Bias of a convolution or linear node, [out]. */
    BIAS,
    /** Batch-norm scale, [C]. */
    GAMMA,
    /** Batch-norm shift, [C]. */
    BETA,
    /** Belongs to the training, not to a node; see {@link Auxiliary}. */
    AUXILIARY,
    /** Batch-norm running mean, [C]; not trained. */
    RUNNING_MEAN,
    /** Batch-norm running variance, [C]; not trained. */
    RUNNING_VARIANCE;

    /** Whether gradient steps change tensors of this role. */
    public boolean trainable() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
  }

  public TensorSpec {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.stream().anyMatch(extent -> extent < 1)) {
      throw new IllegalArgumentException("Invalid shape " + shape + " of tensor " + name);
    }
    long product = 1;
    for (int extent : shape) {
      product *= extent;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Invalid shape " + shape + " of tensor " + name + ": more than 2^31 - 1 values");
      }
    }
  }

  /** Number of values. */
  public int length() {
    int product = 1;
    for (int extent : shape) {
      product *= extent;
    }
    return product;
  }

  /** Extent of axis {@code axis}. */
  public int extent(int axis) {
    return shape.get(axis);
  }
}
