package io.earlybird.pruning.policy;

/** Phase of a run, as the events name it. */
public enum Phase {
  /** The dense network is trained and its mask is watched. */
  SEARCH,
  /** The ticket is trained. */
  RETRAIN
}
