package io.earlybird.spark.round;

import java.util.List;

/**
 * What one replica did in a round.
 *
 * @param samples that it processed
 * @param lossSum loss of each step times its samples
 * @param correct samples whose label had the largest logit
 * @param undecodable samples that could not be decoded
 * @param failure why the run cannot go on; empty if it can
 * @param computeNanos time in the engine
 * @param dataNanos time waiting for batches
 */
record ReplicaOutcome(
    long samples,
    double lossSum,
    long correct,
    List<String> undecodable,
    String failure,
    long computeNanos,
    long dataNanos) {
  boolean failed() {
    return !failure.isEmpty();
  }
}
