package io.earlybird.pruning.policy;

/** Where the values of the ticket come from (specification 1.8). */
public enum Inherit {
  /** Surviving values and running statistics at the moment of the cut. */
  INHERIT,
  /** A fresh draw; the full schedule begins anew. */
  REINIT,
  /** The values before the first epoch, cut by the mask; the full schedule begins anew. */
  REWIND
}
