package io.earlybird.pruning.detection;

/** Tells from the newest masks whether the mask has settled (specification 1.7). */
public sealed interface Detector permits ConsecutiveDistances, NewestAgainstPrevious {
  /** Name in settings and events. */
  String name();

  /** Looks at the newest masks of a history. */
  Detection examine(MaskHistory history);
}
