package io.earlybird.spark.round;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one task of a round tells the driver besides its values.
 *
 * @param task index in the round
 * @param samples that its replicas processed
 * @param lossSum loss of each step times its samples
 * @param correct samples whose label had the largest logit
 * @param undecodable number of samples that could not be decoded
 * @param undecodableExamples a few of them, each with shard and offset
 * @param failure why the run cannot go on; empty if it can
 * @param computeNanos time in the engine
 * @param dataNanos time waiting for batches
 * @param broadcastNanos time until the broadcast state had arrived
 * @param instructionSet that the engine uses on this executor
 */
record TaskReport(
    int task,
    long samples,
    double lossSum,
    long correct,
    long undecodable,
    List<String> undecodableExamples,
    String failure,
    long computeNanos,
    long dataNanos,
    long broadcastNanos,
    String instructionSet)
    implements Serializable {
  private static final int EXAMPLES = 10;

  /** The report of a task with these replicas, of which only the last may have failed. */
  static TaskReport of(
      int task, List<ReplicaOutcome> outcomes, long broadcastNanos, String instructionSet) {
    long samples = 0;
    double lossSum = 0;
    long correct = 0;
    long computeNanos = 0;
    long dataNanos = 0;
    String failure = "";
    List<String> undecodable = new ArrayList<>();
    for (ReplicaOutcome outcome : outcomes) {
      samples += outcome.samples();
      lossSum += outcome.lossSum();
      correct += outcome.correct();
      computeNanos += outcome.computeNanos();
      dataNanos += outcome.dataNanos();
      undecodable.addAll(outcome.undecodable());
      failure = outcome.failure();
    }
    return new TaskReport(
        task,
        samples,
        lossSum,
        correct,
        undecodable.size(),
        List.copyOf(undecodable.subList(0, Math.min(EXAMPLES, undecodable.size()))),
        failure,
        computeNanos,
        dataNanos,
        broadcastNanos,
        instructionSet);
  }

  boolean failed() {
    return !failure.isEmpty();
  }
}
