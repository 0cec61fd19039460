package io.earlybird.model.parameters;

import io.earlybird.model.network.Distribution;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The values of a network, or values of the same layout such as its momentum, in one {@code
 * float[]}.
 *
 * <p>The array is owned by this object and shared with whoever asks for it: slices are views.
 */
public final class Parameters {
  private final ParameterLayout layout;
  private final float[] values;

  /**
   * Wraps an array without copying it.
   *
   * @param values length {@code layout.length()}
   */
  public Parameters(ParameterLayout layout, float[] values) {
    if (values.length != layout.length()) {
      throw new IllegalArgumentException(
          "Invalid parameters: "
              + values.length
              + " values, but the layout has "
              + layout.length());
    }
    this.layout = layout;
    this.values = values;
  }

  /** All zero: the momentum before the first step. */
  public static Parameters zeros(ParameterLayout layout) {
    return new Parameters(layout, new float[layout.length()]);
  }

  /** Where each tensor lies. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The flat array itself, not a copy. */
  public float[] values() {
    return values;
  }

  /** A view of one tensor in C order; writes go through. */
  public FloatBuffer slice(String tensor) {
    ParameterLayout.Entry entry = layout.entry(tensor);
    return FloatBuffer.wrap(values, entry.offset(), entry.length()).slice();
  }

  /** An independent copy. */
  public Parameters copy() {
    return new Parameters(layout, values.clone());
  }

  /**
   * The values in another layout: tensors that both have are copied, others have their constant
   * initial values.
   *
   * @throws IllegalArgumentException if a tensor has another shape, or one that is missing here is
   *     drawn at random
   */
  public Parameters in(ParameterLayout other) {
    Parameters moved = zeros(other);
    for (ParameterLayout.Entry to : other.entries()) {
      if (layout.has(to.name())) {
        ParameterLayout.Entry from = layout.entry(to.name());
        if (!from.spec().shape().equals(to.spec().shape())) {
          throw new IllegalArgumentException(
              "Cannot move tensor " + to.name() + ": " + from.spec() + " is not " + to.spec());
        }
        System.arraycopy(values, from.offset(), moved.values, to.offset(), to.length());
      } else if (to.spec().initial() instanceof Distribution.Constant constant) {
        Arrays.fill(moved.values, to.offset(), to.end(), (float) constant.value());
      } else {
        throw new IllegalArgumentException("Cannot move values: tensor " + to.name() + " is new");
      }
    }
    return moved;
  }

  /**
   * Checks the layout.
   *
   * @throws IllegalArgumentException if it is not the one of a network
   */
  public void requireLayout(ParameterLayout ofNetwork) {
    if (!layout.equals(ofNetwork)) {
      throw new IllegalArgumentException(
          "Invalid parameters: "
              + values.length
              + " values in a layout that is not the network's, which has "
              + ofNetwork.length());
    }
  }

  /** Overwrites all values. */
  public void set(Parameters other) {
    other.requireLayout(layout);
    System.arraycopy(other.values, 0, values, 0, values.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that
        && layout.equals(that.layout)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }
}
