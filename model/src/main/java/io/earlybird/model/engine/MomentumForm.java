package io.earlybird.model.engine;

/** How the velocity enters the update (specification 0.3). */
public enum MomentumForm {
  /** w = w - lr * v. */
  HEAVY_BALL,
  /** w = w - lr * (g' + momentum * v), v already updated. */
  NESTEROV
}
