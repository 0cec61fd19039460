package io.earlybird.pruning.surgery;

/** What becomes of members that are masked but kept by their group; they start at zero. */
public enum Zeroed {
  /** Held at zero, so that training equals that of the masked dense network. */
  FROZEN,
  /** Left to learn. */
  TRAINABLE
}
