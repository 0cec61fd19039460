package io.earlybird.pruning.weights;

/** Which weight tensors may be pruned. Biases and batch norms never are. */
public enum Scope {
  /** All convolutions and linear layers, the first and the last included. */
  ALL,
  /** Convolutions only. */
  CONVOLUTIONS
}
