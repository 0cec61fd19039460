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
    private final byte[] bytes;

    /** Wraps values as {@code WirePrecision} encodes them. */
    Slice(int task, long samples, byte[] bytes) {
      this.task = task;
      this.samples = samples;
      this.bytes = bytes;
    }

    @Override
    public int task() {
      return task;
    }

    long samples() {
      return samples;
    }

    byte[] bytes() {
      return bytes;
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
