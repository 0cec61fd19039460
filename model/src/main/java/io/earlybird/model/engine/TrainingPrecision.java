package io.earlybird.model.engine;

import io.earlybird.model.random.Seeds;

/** Arithmetic of a training, as settings name it. */
public enum TrainingPrecision {
  /** IEEE single throughout. */
  FLOAT32(Precision.FLOAT32, 32),
  /** bfloat16 activations and weights, the rest in float32. */
  BFLOAT16(Precision.BFLOAT16, 32),
  /**
   * Block floating point with words of 8 bits, stochastically rounded, for weights, activations,
   * gradients, errors and momentum; emulated in float32 (specification 5).
   */
  BFP8(Precision.FLOAT32, 8);

  private final Precision replicas;
  private final int wordLength;

  TrainingPrecision(Precision replicas, int wordLength) {
    this.replicas = replicas;
    this.wordLength = wordLength;
  }

  /** What replicas are opened with. */
  public Precision replicas() {
    return replicas;
  }

  /** Whether operations count as 8-bit ones. */
  public boolean eightBit() {
    return wordLength == 8;
  }

  /**
   * The rounding inside a step.
   *
   * @param seed of the run
   */
  public Quantization quantization(long seed) {
    return wordLength == 32
        ? Quantization.none()
        : new Quantization(wordLength, Seeds.derive(seed, "quantization"));
  }
}
