package io.earlybird.model.reparametrization;

/** A view of a {@code float[]}. */
final class FloatNumbers implements Numbers {
  private final float[] values;

  FloatNumbers(float[] values) {
    this.values = values;
  }

  @Override
  public double get(int index) {
    return values[index];
  }

  @Override
  public void set(int index, double value) {
    values[index] = (float) value;
  }
}
