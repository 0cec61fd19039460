package io.earlybird.model.reparametrization;

/** Factors by which something grows. */
final class Factors {
  private Factors() {}

  static void require(String what, double factor) {
    if (!(factor >= 1 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("Invalid " + what + " " + factor + ": must be at least 1");
    }
  }
}
