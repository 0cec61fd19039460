package io.earlybird.model.reparametrization;

/** An array of real numbers in either precision; computations are in double. */
public interface Numbers {
  /** The number at an index. */
  double get(int index);

  /** Replaces the number at an index. */
  void set(int index, double value);

  /** A view of an array. */
  static Numbers of(float[] values) {
    return new FloatNumbers(values);
  }

  /** A view of an array. */
  static Numbers of(double[] values) {
    return new DoubleNumbers(values);
  }
}
