package io.earlybird.pruning.surgery;

/** What is kept of a layer that the mask empties (specification 2.3). */
public enum MinimumWidth {
  /** The channel of the largest |gamma|, lowest index on ties, with its values. */
  KEEP_LARGEST,
  /** Channel 0 with gamma = beta = 0, which preserves the masked function. */
  KEEP_ZEROED
}
