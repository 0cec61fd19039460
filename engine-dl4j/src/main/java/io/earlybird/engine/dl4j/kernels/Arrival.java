package io.earlybird.engine.dl4j.kernels;

/** What becomes of the values that lie where a gradient arrives. */
public enum Arrival {
  /** They are overwritten. */
  REPLACING,
  /** The gradient is added to them. */
  ADDING
}
