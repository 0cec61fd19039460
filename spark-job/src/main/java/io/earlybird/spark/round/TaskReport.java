package io.earlybird.spark.round;

import io.earlybird.data.batch.ReadReport;
import java.io.Serializable;
import java.util.List;

/**
 * What one task of a round tells the driver besides its values.
 *
 * @param task index in the round
 * @param samples that its replicas processed
 * @param lossSum loss of each step times its samples
 * @param correct samples whose label had the largest logit
 * @param failure why the run cannot go on; empty if it can
 * @param computeNanos time in the engine
 * @param read what was read, and how long replicas waited for it
 * @param broadcastNanos time until the broadcast state had arrived
 * @param instructionSet that the engine uses on this executor
 */
record TaskReport(
    int task,
    long samples,
    double lossSum,
    long correct,
    String failure,
    long computeNanos,
    ReadReport read,
    long broadcastNanos,
    String instructionSet)
    implements Serializable {
  /** The report of a task with these replicas, of which only the last may have failed. */
  static TaskReport of(
      int task, List<ReplicaOutcome> outcomes, long broadcastNanos, String instructionSet) {
    long samples = 0;
    double lossSum = 0;
    long correct = 0;
    long computeNanos = 0;
    ReadReport read = ReadReport.NONE;
    String failure = "";
    for (ReplicaOutcome outcome : outcomes) {
      samples += outcome.samples();
      lossSum += outcome.lossSum();
      correct += outcome.correct();
      computeNanos += outcome.computeNanos();
      read = read.plus(outcome.read());
      failure = outcome.failure();
    }
    return new TaskReport(
        task,
        samples,
        lossSum,
        correct,
        failure,
        computeNanos,
        read,
        broadcastNanos,
        instructionSet);
  }

  boolean failed() {
    return !failure.isEmpty();
  }
}
