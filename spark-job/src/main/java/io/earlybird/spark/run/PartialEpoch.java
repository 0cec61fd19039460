package io.earlybird.spark.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far an epoch has come, and what was counted on the way.
 *
 * @param rounds that are done
 * @param steps that are done
 * @param samples processed
 * @param lossSum loss of each step times its samples
 * @param correct samples whose label had the largest logit
 * @param undecodable samples that could not be decoded
 * @param seconds by stage
 */
public record PartialEpoch(
    int rounds,
    int steps,
    long samples,
    double lossSum,
    long correct,
    long undecodable,
    SortedMap<String, Double> seconds) {
  private static final PartialEpoch NONE = new PartialEpoch(0, 0, 0, 0, 0, 0, new TreeMap<>());

  public PartialEpoch {
    seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
  }

  /** At the border between epochs. */
  public static PartialEpoch none() {
    return NONE;
  }

  /** Whether the epoch has begun. */
  public boolean begun() {
    return rounds > 0;
  }
}
