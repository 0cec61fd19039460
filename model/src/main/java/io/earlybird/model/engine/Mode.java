package io.earlybird.model.engine;

/** How batch norm behaves in a forward pass (specification 0.4). */
public enum Mode {
  /** Running statistics normalize; nothing changes. */
  EVALUATION,
  /** Statistics of the batch normalize, and the running statistics move towards them. */
  TRAINING
}
