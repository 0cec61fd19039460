package io.earlybird.model.reparametrization;

/** Numbers of weights. */
final class Counts {
  private Counts() {}

  static void require(String what, int count, int least) {
    if (count < least) {
      throw new IllegalArgumentException(
          "Invalid number of " + what + " " + count + ": must be at least " + least);
    }
  }
}
