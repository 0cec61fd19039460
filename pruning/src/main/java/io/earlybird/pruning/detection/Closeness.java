package io.earlybird.pruning.detection;

import java.math.BigDecimal;

/** Compares hamming / N with epsilon as the decimal number that was written, without rounding. */
final class Closeness {
  private Closeness() {}

  static boolean below(int hamming, int length, double epsilon) {
    return compare(hamming, length, epsilon) < 0;
  }

  static boolean atMost(int hamming, int length, double epsilon) {
    return compare(hamming, length, epsilon) <= 0;
  }

  private static int compare(int hamming, int length, double epsilon) {
    BigDecimal bound = BigDecimal.valueOf(epsilon).multiply(BigDecimal.valueOf(length));
    return BigDecimal.valueOf(hamming).compareTo(bound);
  }

  static void requireValid(int window, int least, double epsilon) {
    if (window < least) {
      throw new IllegalArgumentException(
          "Invalid detector window " + window + ": must be at least " + least);
    }
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException(
          "Invalid detector epsilon " + epsilon + ": must be in (0, 1]");
    }
  }
}
