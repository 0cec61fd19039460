package io.earlybird.engine.dl4j.kernels;

/** What a kernel applies to its result before it writes it. */
public enum Activation {
  /** Nothing. */
  IDENTITY,
  /** y = max(x, 0), with derivative 0 at 0. */
  RELU
}
