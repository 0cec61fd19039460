package io.earlybird.pruning.detection;

/** Whether the mask before the first epoch takes part; it is degenerate if gammas start equal. */
public enum InitialMask {
  EXCLUDED,
  INCLUDED
}
