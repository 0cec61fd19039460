package io.earlybird.pruning.mask;

/** How a global mask follows from the scores. */
public enum MaskRule {
  /**
   * Kept is what is strictly above the value of rank (int)(N * p); ties with it all go (the
   * authors' code).
   */
  STRICT_THRESHOLD,
  /** Exactly floor(N * p) channels go, the smallest (|gamma|, index) first. */
  EXACT_K,
  /** As the strict threshold, but the largest tenth of each layer stays (specification 2.8). */
  PROTECTIVE
}
