package io.earlybird.spark.train;

import io.earlybird.spark.round.RoundMetrics;

/**
 * How far an epoch has come.
 *
 * @param step steps that are done; the next step, 0-based
 * @param round rounds that are done
 * @param metrics of the rounds that are done
 */
public record EpochProgress(int step, int round, RoundMetrics metrics) {
  private static final EpochProgress NONE = new EpochProgress(0, 0, RoundMetrics.none());

  /** Nothing is done. */
  public static EpochProgress none() {
    return NONE;
  }
}
