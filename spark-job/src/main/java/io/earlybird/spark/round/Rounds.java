package io.earlybird.spark.round;

/** Runs rounds; driver only. */
public interface Rounds {
  /**
   * Runs one round.
   *
   * @throws RoundFailedException if a loss or a value is not finite, or the engine refuses a batch;
   *     the message names epoch, round and replica
   */
  RoundResult run(RoundRequest request);
}
