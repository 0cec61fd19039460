package io.earlybird.spark.averaging;

import java.io.Serializable;

/**
 * How many replicas there are and how their results become one state.
 *
 * @param replicas R, logical replicas, at least 1
 * @param replicasPerTask G, consecutive replicas of one task, at least 1
 * @param localSteps H of each round
 * @param momentum what becomes of the momentum
 * @param outer what the driver makes of the mean
 * @param wire form in which results travel
 */
public record Averaging(
    int replicas,
    int replicasPerTask,
    LocalSteps localSteps,
    MomentumTreatment momentum,
    OuterStep outer,
    WirePrecision wire)
    implements Serializable {
  public Averaging {
    if (replicas < 1 || replicasPerTask < 1) {
      throw new IllegalArgumentException(
          "Invalid averaging of "
              + replicas
              + " replicas, "
              + replicasPerTask
              + " per task: both must be at least 1");
    }
  }

  /** Tasks of a round: ceil(R / G). */
  public int tasks() {
    return (replicas + replicasPerTask - 1) / replicasPerTask;
  }

  /** First replica of a task. */
  public int firstReplica(int task) {
    return task * replicasPerTask;
  }

  /** Replica after the last of a task. */
  public int endReplica(int task) {
    return Math.min(replicas, firstReplica(task) + replicasPerTask);
  }
}
