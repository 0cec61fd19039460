package io.earlybird.model.reparametrization;

/** Weights of terms of a loss. */
final class Terms {
  private Terms() {}

  static void require(String what, double weight) {
    if (!(weight >= 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException("Invalid " + what + " " + weight + ": must be at least 0");
    }
  }
}
