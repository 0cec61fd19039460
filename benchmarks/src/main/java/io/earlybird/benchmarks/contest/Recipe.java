package io.earlybird.benchmarks.contest;

import io.earlybird.model.engine.StepRule;

/** The update that all contestants carry out. */
public final class Recipe {
  /** Small, so that a long measurement on one batch does not diverge. */
  public static final double LEARNING_RATE = 1e-3;

  /** Heavy ball. */
  public static final double MOMENTUM = 0.9;

  /** On every trainable tensor. */
  public static final double WEIGHT_DECAY = 1e-4;

  private Recipe() {}

  /** The update as engines take it. */
  public static StepRule rule() {
    return StepRule.sgd(LEARNING_RATE, MOMENTUM, WEIGHT_DECAY);
  }
}
