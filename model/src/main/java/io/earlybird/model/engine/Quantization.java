package io.earlybird.model.engine;

import java.io.Serializable;

/**
 * Block floating point rounding inside a step (specification 5).
 *
 * @param wordLength bits of a value; 32 means that nothing is rounded
 * @param seed of stochastic rounding
 */
public record Quantization(int wordLength, long seed) implements Serializable {
  private static final Quantization NONE = new Quantization(32, 0);

  public Quantization {
    if (wordLength < 2 || wordLength > 32) {
      throw new IllegalArgumentException(
          "Invalid word length " + wordLength + ": must be in [2, 32]");
    }
  }

  /** Nothing is rounded. */
  public static Quantization none() {
    return NONE;
  }

  /** Whether values are rounded. */
  public boolean rounds() {
    return wordLength < 32;
  }
}
