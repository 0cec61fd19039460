package io.earlybird.model.engine;

/** How stored weights become the weights that the forward pass uses. */
public enum Reparametrization {
  /** Stored weights are used as they are. */
  NONE,
  /** Soft threshold by a trained scalar per layer (specification 6.9). */
  SOFT_THRESHOLD
}
