package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Moments;
import java.io.Serializable;
import java.util.List;

/** What the driver receives of a round, whatever the number of replicas: one vector, in slices. */
sealed interface Combined extends Serializable {
  /** No task had a piece of the slice: one has failed, or none processed a sample. */
  record Nothing() implements Combined {
    private static final long serialVersionUID = 1;
  }

  /**
   * The mean of one slice over all tasks, which waits where it was combined.
   *
   * @param slice index
   * @param values where they are
   */
  record Slice(int slice, HeldValues values) implements Combined {
    private static final long serialVersionUID = 1;
  }

  /**
   * Running statistics of all tasks together, and their reports.
   *
   * @param reports in the order of tasks
   * @param moments empty if a task failed or no sample was processed
   */
  record Closing(List<TaskReport> reports, List<Moments> moments) implements Combined {
    private static final long serialVersionUID = 1;
  }
}
