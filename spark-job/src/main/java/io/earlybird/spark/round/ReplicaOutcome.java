package io.earlybird.spark.round;

import io.earlybird.data.batch.ReadReport;

/**
 * What one replica did in a round.
 *
 * @param samples that it processed
 * @param lossSum loss of each step times its samples
 * @param correct samples whose label had the largest logit
 * @param failure why the run cannot go on; empty if it can
 * @param computeNanos time in the engine
 * @param read what was read, and how long the replica waited for it
 */
record ReplicaOutcome(
    long samples,
    double lossSum,
    long correct,
    String failure,
    long computeNanos,
    ReadReport read) {
  boolean failed() {
    return !failure.isEmpty();
  }
}
