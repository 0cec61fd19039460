package io.earlybird.model.engine;

/** Arithmetic of a replica. */
public enum Precision {
  /** IEEE double; the reference engine only. */
  FLOAT64,
  /** IEEE single. */
  FLOAT32,
  /**
   * bfloat16 activations and weights with float32 master weights, statistics, momentum and update.
   */
  BFLOAT16
}
