package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Moments;
import java.io.Serializable;

/** Part of the result of a task, on its way to the executor that combines it with the others. */
sealed interface Piece extends Serializable {
  /** Index of the task in the round. */
  int task();

  /** One slice of the mean of the task's replicas. */
  final class Slice implements Piece {
    private static final long serialVersionUID = 1;
    private final int task;
    private final long samples;
    private final WireSlice values;

    /** The mean of replicas with that many samples. */
    Slice(int task, long samples, WireSlice values) {
      this.task = task;
      this.samples = samples;
      this.values = values;
    }

    @Override
    public int task() {
      return task;
    }

    long samples() {
      return samples;
    }

    /** Values as {@code WirePrecision} encodes them. */
    byte[] bytes() {
      return values.bytes();
    }
  }

  /**
   * Running statistics and report of the task.
   *
   * @param moments of the task's replicas
   */
  record Closing(TaskReport report, Moments moments) implements Piece {
    private static final long serialVersionUID = 1;

    @Override
    public int task() {
      return report.task();
    }
  }
}
