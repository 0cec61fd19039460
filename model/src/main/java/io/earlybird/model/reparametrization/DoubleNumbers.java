package io.earlybird.model.reparametrization;

/** A view of a {@code double[]}. */
final class DoubleNumbers implements Numbers {
  private final double[] values;

  DoubleNumbers(double[] values) {
    this.values = values;
  }

  @Override
  public double get(int index) {
    return values[index];
  }

  @Override
  public void set(int index, double value) {
    values[index] = value;
  }
}
