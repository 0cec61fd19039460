package io.earlybird.model.reparametrization;

/** 1 / (1 + exp(-x)). */
final class Sigmoid {
  private Sigmoid() {}

  static double of(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Its derivative. */
  static double slope(double x) {
    double y = of(x);
    return y * (1 - y);
  }
}
